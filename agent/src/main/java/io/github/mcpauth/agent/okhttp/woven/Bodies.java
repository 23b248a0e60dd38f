package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.rules.http.Body;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/** Reads bodies where the host cannot notice. */
final class Bodies {

  private static final Body UNKNOWN = new Body(new byte[0], 0, false);

  /**
   * The request body if it lies in memory; OkHttp's own classes can be written any number of times.
   */
  static Body peek(Request request) {
    RequestBody body = request.body();
    if (body == null) {
      return Body.NONE;
    }
    try {
      long length = body.contentLength();
      if (length == 0) {
        return Body.NONE;
      }
      boolean readable =
          length > 0
              && length <= HttpCalls.MOST_READ_AHEAD
              && !body.isOneShot()
              && !body.isDuplex();
      if (!readable || !isInMemory(body)) {
        return UNKNOWN;
      }
      Buffer buffer = new Buffer();
      body.writeTo(buffer);
      return Body.of(buffer.readByteArray());
    } catch (IOException | RuntimeException e) {
      return UNKNOWN; // The host's own attempt will show it.
    }
  }

  private static boolean isInMemory(RequestBody body) {
    String type = body.getClass().getName();
    return body instanceof FormBody
        || (type.startsWith("okhttp3.RequestBody$") && !type.contains("asRequestBody"));
  }

  /**
   * The body of a response that is not an event stream, up to the limit and decoded; the response
   * stays readable. Of one that breaks off, or cannot be decoded, what there is: that is the peer's
   * doing, and the host meets it where it reads.
   */
  static Body peek(Response response, int limit) {
    ResponseBody body = response.body();
    if (body == null) {
      return Body.NONE;
    }
    BufferedSource source = body.source();
    boolean whole = false;
    try {
      whole = !source.request(limit + 1L);
    } catch (IOException brokenOff) {
      // Not whole.
    }
    Buffer copy = new Buffer();
    source.getBuffer().copyTo(copy, 0, Math.min(limit, source.getBuffer().size()));
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        ? inflated(copy, limit, whole)
        : body(copy, limit, whole);
  }

  private static Body inflated(Buffer compressed, int limit, boolean whole) {
    BufferedSource source = Okio.buffer(new GzipSource(compressed));
    boolean readable = whole;
    try {
      source.request(limit);
    } catch (IOException notGzip) {
      readable = false;
    }
    return body(source.getBuffer(), limit, readable);
  }

  private static Body body(Buffer buffer, int limit, boolean whole) {
    byte[] bytes = new byte[(int) Math.min(limit, buffer.size())];
    for (int read = 0; read < bytes.length; ) {
      read += buffer.read(bytes, read, bytes.length - read);
    }
    return new Body(bytes, bytes.length, whole);
  }

  private Bodies() {}
}

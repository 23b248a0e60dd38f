package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.LeavingHead;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a request's head, as the client is about to write them, into header fields
 * (RFC 9112 §5). By hand: a decoder and a pattern for each request would be felt.
 */
final class Http1Head implements LeavingHead {

  private final HttpRequest request;
  private final byte[] bytes;
  private @Nullable RequestHead head;

  /**
   * @param buffers {@link ByteBuffer}s, which stay as they are
   */
  Http1Head(HttpRequest request, List<?> buffers) {
    this.request = request;
    this.bytes = bytes(buffers);
  }

  /** The whole head, its request line included. */
  @Override
  public Object fields() {
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public RequestHead head() {
    RequestHead known = head;
    if (known == null) {
      known = new RequestHead(request.method(), request.uri(), headers(bytes), "HTTP/1.1");
      head = known;
    }
    return known;
  }

  @Override
  public int headerBytes() {
    return bytes.length;
  }

  private static Headers headers(byte[] head) {
    List<Header> fields = new ArrayList<>();
    int end = line(head, 0); // The request line.
    while (end < head.length) {
      int start = end + 2;
      end = line(head, start);
      int colon = start;
      while (colon < end && head[colon] != ':') {
        colon++;
      }
      if (colon > start && colon < end) {
        fields.add(new Header(text(head, start, colon), text(head, colon + 1, end).trim()));
      }
    }
    return Headers.of(fields);
  }

  private static byte[] bytes(List<?> buffers) {
    int length = 0;
    for (Object buffer : buffers) {
      length += ((ByteBuffer) buffer).remaining();
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (Object buffer : buffers) {
      ByteBuffer view = ((ByteBuffer) buffer).duplicate();
      int part = view.remaining();
      view.get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  /** Where the line that starts there ends: before its CRLF, or where the head does. */
  private static int line(byte[] head, int start) {
    int at = start;
    while (at < head.length
        && !(head[at] == '\r' && at + 1 < head.length && head[at + 1] == '\n')) {
      at++;
    }
    return at;
  }

  private static String text(byte[] head, int start, int end) {
    return new String(head, start, end - start, StandardCharsets.ISO_8859_1);
  }
}

package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/** The host's request body with a tap on it, for bodies that are not to be written twice. */
final class TappedRequestBody extends RequestBody {

  private final RequestBody body;
  private final BodyTap tap;

  TappedRequestBody(RequestBody body, BodyTap tap) {
    this.body = body;
    this.tap = tap;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public boolean isOneShot() {
    return body.isOneShot();
  }

  @Override
  public boolean isDuplex() {
    return body.isDuplex();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    BufferedSink tapped = Okio.buffer(new TapSink(sink));
    try {
      body.writeTo(tapped);
      tapped.emit();
    } catch (Throwable e) { // Whatever the host's body throws is the host's to see.
      failed(e);
      throw e;
    }
    end();
  }

  private void failed(Throwable error) {
    try {
      tap.failed(error);
    } catch (Throwable ignored) {
      // The host gets its own exception.
    }
  }

  private void end() {
    try {
      tap.end();
    } catch (Throwable ignored) {
      // The body is written.
    }
  }

  /** Shows what passes. */
  private final class TapSink extends ForwardingSink {

    TapSink(Sink sink) {
      super(sink);
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      try {
        Buffer copy = new Buffer();
        source.copyTo(copy, 0, byteCount);
        tap.bytes(ByteBuffer.wrap(copy.readByteArray()));
      } catch (Throwable ignored) {
        // The host's bytes go out all the same.
      }
      super.write(source, byteCount);
    }
  }
}

package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Sink;

/**
 * What the client writes a request's body to, with a tap on it, for bodies that are not to be
 * written twice. Directly before the wire: another buffer on the way would cut chunks elsewhere.
 */
final class TappedSink extends ForwardingSink {

  private final BodyTap tap;

  TappedSink(Sink wire, BodyTap tap) {
    super(wire);
    this.tap = tap;
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

  /** The client closes what was written as a whole, and nothing else. */
  @Override
  public void close() throws IOException {
    super.close();
    try {
      tap.end();
    } catch (Throwable ignored) {
      // The body is written.
    }
  }
}

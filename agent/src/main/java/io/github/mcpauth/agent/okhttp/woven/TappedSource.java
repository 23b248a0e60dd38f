package io.github.mcpauth.agent.okhttp.woven;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import okhttp3.Call;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Shows a response body to a tap as the host reads it; never reads ahead. */
final class TappedSource extends ForwardingSource {

  private final BodyTap tap;
  private final Call call;
  private final long length;
  private long seen;
  private boolean over;

  /**
   * @param length of the body in bytes, -1 where unknown
   */
  TappedSource(Source body, BodyTap tap, Call call, long length) {
    super(body);
    this.tap = tap;
    this.call = call;
    this.length = length;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read;
    try {
      read = super.read(sink, byteCount);
    } catch (IOException | RuntimeException e) {
      finish(false, e);
      throw e;
    }
    if (read < 0) {
      finish(true, null);
    } else {
      show(sink, read);
    }
    return read;
  }

  private void show(Buffer sink, long read) {
    try {
      seen += read;
      if (!tap.passes(read)) {
        Buffer copy = new Buffer();
        sink.copyTo(copy, sink.size() - read, read);
        tap.bytes(ByteBuffer.wrap(copy.readByteArray()));
      }
    } catch (Throwable ignored) {
      // The host has its bytes; ours are a courtesy.
    }
  }

  @Override
  public void close() throws IOException {
    finish(seen == length, null);
    super.close();
  }

  private void finish(boolean complete, @Nullable Throwable error) {
    if (!over) {
      over = true;
      try {
        if (complete) {
          tap.end();
        } else if (error == null || call.isCanceled()) {
          tap.cancelled();
        } else {
          tap.failed(error);
        }
      } catch (Throwable ignored) {
        // The host's outcome stands.
      }
    }
  }
}

package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.http.Body;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first bytes of a body, up to a limit and as long as there is room, and hands them over
 * once when it ends.
 */
final class KeepingTap implements BodyTap {

  /** Takes what was kept; {@code error} is why the body broke off, null where it did not. */
  interface Sink {
    void take(Body body, @Nullable Throwable error);
  }

  private int limit;
  private final Guard guard;
  private final Sink sink;
  private final CallsBytes held;
  private byte[] kept = new byte[0];
  private int length;
  private long size;
  private boolean done;

  KeepingTap(int limit, Guard guard, Sink sink, CallsBytes held) {
    this.limit = limit;
    this.guard = guard;
    this.sink = sink;
    this.held = held;
  }

  @Override
  public synchronized void bytes(ByteBuffer buffer) {
    try {
      int count = Math.min(buffer.remaining(), limit - length);
      size += buffer.remaining();
      if (count > 0) {
        count = roomFor(count);
        buffer.duplicate().get(kept, length, count);
        length += count;
      }
    } catch (Throwable e) {
      guard.failed("tap", e);
    }
  }

  /** How many of so many bytes there is room for. */
  private int roomFor(int count) {
    if (length + count > kept.length) {
      int doubled = Math.min(limit, Math.max(2 * kept.length, length + count));
      if (held.grow(doubled - kept.length)) {
        kept = Arrays.copyOf(kept, doubled);
      } else {
        limit = kept.length; // The rest is counted only.
        return limit - length;
      }
    }
    return count;
  }

  @Override
  public void end() {
    done(true, null);
  }

  @Override
  public void failed(Throwable error) {
    done(false, error);
  }

  @Override
  public void cancelled() {
    done(false, null);
  }

  private void done(boolean complete, @Nullable Throwable error) {
    try {
      Body body;
      synchronized (this) {
        if (done) {
          return;
        }
        done = true;
        body = new Body(length == kept.length ? kept : Arrays.copyOf(kept, length), size, complete);
      }
      sink.take(body, error);
    } catch (Throwable e) {
      guard.failed("tap", e);
    }
  }
}

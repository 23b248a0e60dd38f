package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.SseEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the bytes of an event stream to the recorder as they pass. Only the first event is read on
 * the spot: the {@code endpoint} of HTTP+SSE must be known before the host posts to it.
 */
final class StreamTap implements BodyTap, Consumer<SseEvent> {

  /** Takes how a stream ended. */
  interface Ended {
    /**
     * @param error why it was cut, or null where it was not
     * @param cancelled whether the host lost interest
     */
    void take(@Nullable Throwable error, boolean cancelled);
  }

  private final Exchange exchange;
  private final Pipeline pipeline;
  private final Ended ended;
  private final EventStream stream;
  private final @Nullable FirstEvent first;
  private final boolean shown;
  private long passed;
  private boolean done;

  StreamTap(Exchange exchange, Pipeline pipeline, Ended ended) {
    this.exchange = exchange;
    this.pipeline = pipeline;
    this.ended = ended;
    this.stream = pipeline.observations().opened(exchange);
    if (exchange.request().method().equals("GET")) {
      first = pipeline.observations().firstEvents().of(this);
    } else {
      first = null;
    }
    shown = pipeline.diagnosis().concerns(exchange);
    if (shown) {
      pipeline.recorder().exchange(exchange, pipeline.diagnosis().serverUrl(exchange));
    }
  }

  @Override
  public synchronized boolean passes(long count) {
    try {
      if (done) {
        return true; // A client may go on after the host has given up.
      }
      if (isWanted()) {
        return false;
      }
      passed += count;
      if (shown) {
        pipeline.recorder().unread();
      }
    } catch (Throwable e) {
      pipeline.guard().failed("stream", e);
    }
    return true;
  }

  /**
   * Whether anybody makes something of what comes: of a flood nobody does, and the host goes on.
   */
  private boolean isWanted() {
    return stream.isOpen()
        || (first != null && first.isOpen())
        || (shown && pipeline.recorder().readsStreams());
  }

  @Override
  public synchronized void bytes(ByteBuffer buffer) {
    try {
      if (!passes(buffer.remaining())) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        long offset = passed;
        passed += copy.length;
        take(offset, copy);
      }
    } catch (Throwable e) {
      pipeline.guard().failed("stream", e);
    }
  }

  private void take(long offset, byte[] bytes) {
    boolean quotable = stream.isOpen();
    boolean learned =
        !shown || pipeline.recorder().streamed(exchange.id(), offset, bytes, quotable);
    if (first != null) {
      first.feed(bytes);
    }
    if (learned) {
      pipeline.observations().streamed(exchange, stream, bytes);
    } else {
      pipeline.observations().lose(exchange, stream);
    }
  }

  /** The first event is there. */
  @Override
  public void accept(SseEvent event) {
    pipeline.diagnosis().firstEvent(exchange, event.event(), event.data());
  }

  @Override
  public void end() {
    done(null, false);
  }

  @Override
  public void failed(Throwable error) {
    done(error, false);
  }

  @Override
  public void cancelled() {
    done(null, true);
  }

  private void done(@Nullable Throwable error, boolean cancelled) {
    try {
      synchronized (this) {
        if (done) {
          return;
        }
        done = true;
      }
      pipeline.observations().closed(stream);
      if (first != null) {
        first.close();
      }
      if (shown) {
        pipeline.recorder().streamEnded(exchange.id());
      }
      ended.take(error, cancelled);
    } catch (Throwable e) {
      pipeline.guard().failed("stream", e);
    }
  }
}

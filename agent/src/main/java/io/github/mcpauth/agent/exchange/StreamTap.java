package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the bytes of an event stream to the recorder as they pass. Only the first event is read on
 * the spot: the {@code endpoint} of HTTP+SSE must be known before the host posts to it.
 */
final class StreamTap implements BodyTap {

  /** Takes how a stream ended. */
  interface Ended {
    /**
     * @param error why it was cut, or null where it was not
     * @param cancelled whether the host lost interest
     */
    void take(@Nullable Throwable error, boolean cancelled);
  }

  private static final int LONGEST_FIRST_EVENT = 16 * 1024;

  private final Exchange exchange;
  private final Pipeline pipeline;
  private final Ended ended;
  private final EventStream stream;
  private @Nullable SseParser first;
  private final boolean shown;
  private boolean done;

  StreamTap(Exchange exchange, Pipeline pipeline, Ended ended) {
    this.exchange = exchange;
    this.pipeline = pipeline;
    this.ended = ended;
    this.stream = pipeline.observations().opened(exchange);
    if (exchange.request().method().equals("GET")) {
      first = new SseParser(LONGEST_FIRST_EVENT, this::firstEvent);
    }
    shown = pipeline.diagnosis().concerns(exchange);
    if (shown) {
      pipeline.recorder().exchange(exchange, pipeline.diagnosis().serverUrl(exchange));
    }
  }

  @Override
  public synchronized void bytes(ByteBuffer buffer) {
    try {
      if (done) {
        return; // A client may go on after the host has given up.
      }
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      if (shown) {
        pipeline.recorder().streamed(exchange.id(), copy);
      } // Before anything can quote it.
      SseParser parser = first;
      if (parser != null) {
        parser.feed(copy, 0, copy.length);
      }
      pipeline.observations().streamed(exchange, stream, copy);
    } catch (Throwable e) {
      pipeline.guard().failed("stream", e);
    }
  }

  private void firstEvent(SseEvent event) {
    if (first != null) {
      first = null;
      pipeline.diagnosis().firstEvent(exchange, event.event(), event.data());
    }
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
      if (shown) {
        pipeline.recorder().streamEnded(exchange.id());
      }
      ended.take(error, cancelled);
    } catch (Throwable e) {
      pipeline.guard().failed("stream", e);
    }
  }
}

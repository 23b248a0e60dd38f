package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** Something that happened, and is to be told of in its turn. */
final class Observation {

  enum Phase {
    SENT,
    ANSWERED,
    COMPLETED,
    FAILED,
    STREAMED,
    /** Nobody is to hear what came of it, or comes of it. */
    LOST,
    /** The same, and it is over. */
    LOST_AT_LAST
  }

  final Phase phase;
  final Exchange exchange;

  /** Of an event stream; null in other phases. */
  final EventStream.@Nullable Part part;

  /** What of the bytes that are held is its. */
  final long size;

  private volatile boolean isRead;

  /** In the lock of the turn. */
  boolean isTold;

  Observation(Phase phase, Exchange exchange, EventStream.@Nullable Part part, long size) {
    this.phase = phase;
    this.exchange = exchange;
    this.part = part;
    this.size = size;
  }

  boolean isRead() {
    return isRead;
  }

  /**
   * Has its bodies read, by whoever comes first; another one who needs it waits for that.
   *
   * @param guard hears of what goes wrong
   */
  void read(Diagnosis diagnosis, Guard guard) {
    if (isRead) {
      return;
    }
    synchronized (this) {
      if (!isRead) {
        try {
          readWith(diagnosis);
        } catch (Throwable e) {
          guard.failed("observe", e);
        } finally {
          isRead = true;
        }
      }
    }
  }

  private void readWith(Diagnosis diagnosis) {
    if (part != null) {
      part.read();
    } else if (phase != Phase.LOST && phase != Phase.LOST_AT_LAST) {
      diagnosis.readAhead(exchange);
    }
  }
}

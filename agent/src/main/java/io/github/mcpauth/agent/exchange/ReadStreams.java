package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.EventRoom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The event streams that are read: the newest, since each takes memory for as long as it lasts. */
final class ReadStreams {

  private static final int MOST = 128;

  record Reading(Exchange exchange, EventStream stream) {}

  private final Deque<Reading> streams = new ArrayDeque<>();
  private final EventRoom room = EventRoom.ofHost();

  /** One begins. */
  EventStream begin(Exchange exchange) {
    EventStream stream = new EventStream(room);
    synchronized (streams) {
      streams.add(new Reading(exchange, stream));
    }
    return stream;
  }

  /** The eldest, where there are too many; it is no longer among them. */
  @Nullable Reading oneTooMany() {
    synchronized (streams) {
      return streams.size() > MOST ? streams.remove() : null;
    }
  }

  /** One has ended. */
  void end(EventStream stream) {
    synchronized (streams) {
      for (Iterator<Reading> each = streams.iterator(); each.hasNext(); ) {
        if (each.next().stream == stream) {
          each.remove();
          break;
        }
      }
    }
    stream.end();
  }
}

package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.engine.EventStream;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.EventRoom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** The event streams that are read: the newest, since each takes memory for as long as it lasts. */
final class ReadStreams {

  private static final int MOST = 128;

  private record Reading(Exchange exchange, EventStream stream) {}

  private final Deque<Reading> streams = new ArrayDeque<>();
  private final EventRoom room = EventRoom.ofHost();

  /**
   * One begins.
   *
   * @param givesWay is told of the eldest, where there are too many with this one
   */
  EventStream begin(Exchange exchange, BiConsumer<Exchange, EventStream> givesWay) {
    EventStream stream = new EventStream(room);
    Reading eldest;
    synchronized (streams) {
      streams.add(new Reading(exchange, stream));
      eldest = streams.size() > MOST ? streams.remove() : null;
    }
    if (eldest != null) {
      givesWay.accept(eldest.exchange, eldest.stream);
    }
    return stream;
  }

  /** One has ended. */
  void end(EventStream stream) {
    synchronized (streams) {
      streams.removeIf(each -> each.stream == stream);
    }
    stream.end();
  }
}

package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.EventRoom;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event streams that are open, read as their bytes come. Bounded. */
final class EventStreams {

  private static final int MOST = 512;
  static final int LONGEST_EVENT = 64 * 1024;

  /** Takes an event of a stream. */
  interface Sink {
    void take(SseEvent event, Exchange exchange, @Nullable String serverUrl);
  }

  private final Map<Long, Stream> open = new HashMap<>();
  private final EventRoom room;
  private final Sink sink;

  EventStreams(Sink sink) {
    this(sink, EventRoom.ofHost());
  }

  EventStreams(Sink sink, EventRoom room) {
    this.sink = sink;
    this.room = room;
  }

  /** An event stream opened. */
  void opened(Exchange exchange, @Nullable String serverUrl) {
    if (open.size() < MOST) {
      Stream before = open.put(exchange.id(), new Stream(exchange, serverUrl));
      if (before != null) {
        before.parser.close();
      }
    }
  }

  /**
   * Bytes of a stream came.
   *
   * @param offset how many bytes of the stream came before them
   * @return how many bytes before them never got here; what was begun with those is forgotten, and
   *     the stream is read on from its next whole event
   */
  long feed(long exchangeId, long offset, byte[] bytes) {
    Stream stream = open.get(exchangeId);
    return stream == null ? 0 : stream.feed(offset, bytes);
  }

  void closed(long exchangeId) {
    Stream stream = open.remove(exchangeId);
    if (stream != null) {
      stream.parser.close();
    }
  }

  private final class Stream {
    private final Exchange exchange;
    private final @Nullable String serverUrl;
    private SseParser parser = parser();
    private long expected;
    private boolean skips;
    private boolean lineIsEmpty;
    private boolean afterReturn;

    Stream(Exchange exchange, @Nullable String serverUrl) {
      this.exchange = exchange;
      this.serverUrl = serverUrl;
    }

    private SseParser parser() {
      return new SseParser(LONGEST_EVENT, event -> sink.take(event, exchange, serverUrl), room);
    }

    long feed(long offset, byte[] bytes) {
      long lost = offset - expected;
      expected = offset + bytes.length;
      if (lost > 0) {
        parser.close();
        parser = parser();
        skips = true;
        lineIsEmpty = false;
        afterReturn = false;
      }
      int from = skips ? afterBlankLine(bytes) : 0;
      parser.feed(bytes, from, bytes.length - from);
      return Math.max(0, lost);
    }

    /** Where the first event that is whole begins; the end where none does. */
    private int afterBlankLine(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        boolean ofOneEnd = bytes[i] == '\n' && afterReturn;
        boolean ends = !ofOneEnd && (bytes[i] == '\n' || bytes[i] == '\r');
        afterReturn = bytes[i] == '\r';
        if (ends && lineIsEmpty) {
          skips = false;
          return i + 1;
        }
        lineIsEmpty = ends || ofOneEnd;
      }
      return bytes.length;
    }
  }
}

package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.mcp.EventRoom;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import io.github.mcpauth.rules.reading.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream, part by part, before the lock of the diagnosis is taken: who holds it then
 * finds what the events say. A part may be as long as the client's buffer, and a hundred events.
 * Thread-safe: whoever needs a part read reads those before it as well.
 */
public final class EventStream {

  private static final int LONGEST_EVENT = 64 * 1024;

  /**
   * Bytes: an event that was read is more than its own, and ends with an empty line. Two lines are
   * about half a kilobyte.
   */
  private static final int LINE = 256;

  private static final byte[] NOTHING = {};

  /**
   * What an event says.
   *
   * @param name its type
   * @param hasId whether a host may ask for what comes after it
   * @param cut whether its data was too long to be kept
   * @param broken whether it begins as a message does and ends before it
   * @param messages the JSON-RPC messages in it
   * @param complaint what it says of an error, where it is no message; null where that is nothing
   */
  record Event(
      String name,
      boolean hasId,
      boolean cut,
      boolean broken,
      List<JsonRpcMessage> messages,
      @Nullable String complaint) {

    private static Event of(SseEvent event) {
      boolean broken = isBroken(event);
      List<JsonRpcMessage> messages =
          broken ? List.of() : JsonRpc.parse(event.data().getBytes(StandardCharsets.UTF_8));
      Said said = broken || !messages.isEmpty() ? Said.NOTHING : Said.of(event);
      String quote = said.quote() == null ? "" : said.quote();
      String complaint = said == Said.NOTHING ? null : quote;
      boolean hasId = event.id() != null;
      return new Event(event.event(), hasId, event.truncated(), broken, messages, complaint);
    }

    /** Whether it begins as a message does and ends before it, e.g. as its lines lack "data:". */
    private static boolean isBroken(SseEvent event) {
      String data = event.data().strip();
      return data.startsWith("{")
          && !data.endsWith("}")
          && !event.truncated()
          && event.event().equals(SseEvent.MESSAGE);
    }
  }

  /** Bytes of a stream, as they went by, and what they say once they are read. */
  public final class Part {
    private final long weight;
    private byte[] bytes;
    private List<Event> events = List.of();
    private boolean sawJson;
    private volatile boolean isRead;

    private Part(byte[] bytes) {
      this.bytes = bytes;
      this.weight = bytes.length + (long) LINE * lines(bytes);
    }

    /** About how many bytes of memory it takes once it is read. */
    public long weight() {
      return weight;
    }

    /** Has it read, and those before it, unless they are. */
    public void read() {
      if (!isRead) {
        EventStream.this.read(this);
      }
    }

    /** Whether it is. */
    public boolean isRead() {
      return isRead;
    }

    /** The events that end in it, once it is read. */
    List<Event> events() {
      return events;
    }

    /** Whether a line of the stream so far began like JSON, which is no field of an event. */
    boolean sawJson() {
      return sawJson;
    }
  }

  /** No lambda: the first stream begins on the host's thread. */
  private final class Reader implements Consumer<SseEvent> {
    @Override
    public void accept(SseEvent event) {
      read.add(Event.of(event));
    }
  }

  private final List<Event> read = new ArrayList<>();
  private final Queue<Part> unread = new ConcurrentLinkedQueue<>();
  private volatile @Nullable SseParser parser;
  private boolean ended;

  /** A stream by itself. */
  EventStream() {
    this(new EventRoom(Long.MAX_VALUE));
  }

  /**
   * One of several.
   *
   * @param room what all of them may hold of events that have begun
   */
  public EventStream(EventRoom room) {
    parser = new SseParser(LONGEST_EVENT, new Reader(), room);
  }

  /**
   * The next part of it. Told in order, by who sees the bytes go by; nothing is read here.
   *
   * @param bytes not changed afterwards
   */
  public Part next(byte[] bytes) {
    Part part = new Part(bytes);
    unread.add(part);
    return part;
  }

  private synchronized void read(Part last) {
    while (!last.isRead) {
      Part next = unread.remove();
      SseParser reader = parser;
      if (reader != null) {
        reader.feed(next.bytes, 0, next.bytes.length);
        next.events = List.copyOf(read);
        next.sawJson = reader.sawJson();
        read.clear();
      }
      next.bytes = NOTHING;
      next.isRead = true;
    }
    if (ended && unread.isEmpty()) {
      close();
    }
  }

  /** No more parts come than there are. */
  public synchronized void end() {
    ended = true;
    if (unread.isEmpty()) {
      close();
    }
  }

  /**
   * Nobody wants to know what else it says; what was begun of an event is forgotten.
   *
   * @return whether somebody did until now
   */
  public synchronized boolean close() {
    SseParser reader = parser;
    parser = null;
    if (reader != null) {
      reader.close();
    }
    return reader != null;
  }

  /** Whether somebody does. */
  public boolean isOpen() {
    return parser != null;
  }

  private static int lines(byte[] bytes) {
    int lines = 0;
    for (byte each : bytes) {
      if (each == '\n' || each == '\r') {
        lines++;
      }
    }
    return lines;
  }
}

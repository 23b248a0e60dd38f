package io.github.mcpauth.rules.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an event stream, in whatever pieces they come, into events (WHATWG HTML
 * §9.2.6). Memory is bounded by the event cap: what goes beyond it is skipped and the event marked
 * as cut. Not thread-safe.
 */
public final class SseParser {

  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
  private static final int SMALLEST = 256;

  /** So much every stream may hold, whatever the others do. */
  private static final int SMALL = 8 * 1024;

  private static final char BOM = '\uFEFF';

  private final int maxEventChars;
  private final int maxLineBytes;
  private final Consumer<SseEvent> sink;
  private final EventRoom room;
  private final StringBuilder data = new StringBuilder();

  private byte[] line = new byte[SMALLEST];
  private int length;
  private String event = "";
  private @Nullable String id;
  private boolean hasData;
  private boolean truncated;
  private boolean afterCr;
  private boolean firstLine = true;
  private boolean json;
  private int held;

  /** What was begun of this event was given up, and of this line. */
  private boolean gaveUp;

  private boolean skipsLine;

  /**
   * A parser for one stream.
   *
   * @param maxEventChars most characters of an event's data that are kept
   */
  public SseParser(int maxEventChars, Consumer<SseEvent> sink) {
    this(maxEventChars, sink, new EventRoom(Long.MAX_VALUE));
  }

  /**
   * A parser for one stream of several.
   *
   * @param room what all of them may hold; where that is too much, an event is cut
   */
  public SseParser(int maxEventChars, Consumer<SseEvent> sink, EventRoom room) {
    if (maxEventChars < 1) {
      throw new IllegalArgumentException("maxEventChars must be positive: " + maxEventChars);
    }
    this.maxEventChars = maxEventChars;
    // A char takes at most three bytes of UTF-8; the rest is the field name.
    this.maxLineBytes = (int) Math.min(Integer.MAX_VALUE - 8, 3L * maxEventChars + 64);
    this.sink = sink;
    this.room = room;
  }

  /** Takes the next bytes of the stream and hands on every event that they complete. */
  public void feed(byte[] bytes, int off, int len) {
    read(bytes, off, len);
    if (!holds(line.length + data.capacity()) && held > SMALL) {
      giveUp();
    }
  }

  /** Nothing more comes; what was begun of an event is forgotten. */
  public void close() {
    giveUp();
    holds(0);
  }

  private boolean holds(int bytes) {
    int more = bytes - held;
    held = bytes;
    return more == 0 || room.take(more) || more < 0;
  }

  /** Forgets what is begun of an event, which is one that was cut, then. */
  private void giveUp() {
    json = sawJson();
    hasData |= isData();
    truncated = true;
    gaveUp = true;
    skipsLine |= length > 0;
    firstLine &= length == 0;
    length = 0;
    line = new byte[SMALLEST];
    data.setLength(0);
    data.trimToSize();
    holds(SMALLEST);
  }

  private void read(byte[] bytes, int off, int len) {
    int end = off + len;
    int from = afterCr && len > 0 && bytes[off] == '\n' ? off + 1 : off;
    afterCr &= len == 0;
    while (from < end) {
      int stop = from;
      while (stop < end && bytes[stop] != '\n' && bytes[stop] != '\r') {
        stop++;
      }
      keep(bytes, from, stop - from);
      if (stop == end) {
        return;
      }
      endLine();
      from = stop + 1;
      if (bytes[stop] == '\r') {
        afterCr = from == end;
        from += from < end && bytes[from] == '\n' ? 1 : 0;
      }
    }
  }

  /** A part of a line, as far as there is room. */
  private void keep(byte[] bytes, int off, int len) {
    if (skipsLine) {
      return;
    }
    int most = Math.min(len, maxLineBytes - length);
    truncated |= most < len;
    if (length + most > line.length) {
      line = Arrays.copyOf(line, Math.max(length + most, Math.min(maxLineBytes, 2 * line.length)));
    }
    System.arraycopy(bytes, off, line, length, most);
    length += most;
  }

  /** Whether a line began like JSON, which is no field of an event. */
  public boolean sawJson() {
    return json || (length > 0 && line[0] == '{');
  }

  private void endLine() {
    if (skipsLine) {
      skipsLine = false;
      return;
    }
    if (length == 0) {
      firstLine = false;
      dispatch();
      return;
    }
    if (isTooMuch()) {
      truncated = true;
      length = 0;
      return;
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    length = 0;
    if (firstLine) {
      firstLine = false;
      text = !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      dispatch();
      return;
    }
    json |= text.charAt(0) == '{';
    int colon = text.indexOf(':');
    if (colon < 0) {
      field(text, "");
    } else if (colon > 0) {
      int start = text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
      field(text.substring(0, colon), text.substring(start));
    }
  }

  /**
   * Whether the line is data for which there is no room: nothing is made of a stream without end.
   */
  private boolean isTooMuch() {
    return data.length() == maxEventChars && isData();
  }

  private boolean isData() {
    return length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
  }

  private void field(String name, String value) {
    switch (name) {
      case "event" -> event = value;
      case "data" -> append(value);
      case "id" -> {
        if (value.indexOf('\0') < 0) {
          id = value;
        }
      }
      default -> {}
    }
  }

  private void append(String value) {
    if (gaveUp) {
      hasData = true;
      return; // What is left of it is no message.
    }
    String addition = hasData ? "\n" + value : value;
    hasData = true;
    int room = maxEventChars - data.length();
    if (addition.length() > room) {
      truncated = true;
      data.append(addition, 0, Math.max(0, room));
    } else {
      data.append(addition);
    }
  }

  private void dispatch() {
    if (hasData) {
      SseEvent complete =
          new SseEvent(event.isEmpty() ? SseEvent.MESSAGE : event, data.toString(), id, truncated);
      clear();
      sink.accept(complete);
    } else {
      clear();
    }
  }

  private void clear() {
    event = "";
    data.setLength(0);
    data.trimToSize();
    hasData = false;
    truncated = false;
    gaveUp = false;
    line = line.length > SMALL ? new byte[SMALLEST] : line;
  }
}

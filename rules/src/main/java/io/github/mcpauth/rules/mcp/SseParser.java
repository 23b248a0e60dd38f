package io.github.mcpauth.rules.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an event stream, in whatever pieces they come, into events (WHATWG HTML
 * §9.2.6). Memory is bounded by the event cap: what goes beyond it is skipped and the event marked
 * as cut. Not thread-safe.
 */
public final class SseParser {

  private static final char BOM = '\uFEFF';

  private final int maxEventChars;
  private final int maxLineBytes;
  private final Consumer<SseEvent> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final StringBuilder data = new StringBuilder();

  private String event = "";
  private @Nullable String id;
  private boolean hasData;
  private boolean truncated;
  private boolean afterCr;
  private boolean firstLine = true;
  private boolean json;
  private byte first;

  /**
   * A parser for one stream.
   *
   * @param maxEventChars most characters of an event's data that are kept
   */
  public SseParser(int maxEventChars, Consumer<SseEvent> sink) {
    if (maxEventChars < 1) {
      throw new IllegalArgumentException("maxEventChars must be positive: " + maxEventChars);
    }
    this.maxEventChars = maxEventChars;
    // A char takes at most three bytes of UTF-8; the rest is the field name.
    this.maxLineBytes = (int) Math.min(Integer.MAX_VALUE - 8, 3L * maxEventChars + 64);
    this.sink = sink;
  }

  /** Takes the next bytes of the stream and hands on every event that they complete. */
  public void feed(byte[] bytes, int off, int len) {
    for (int i = off; i < off + len; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterCr) {
        afterCr = false;
        continue;
      }
      afterCr = b == '\r';
      if (b == '\n' || b == '\r') {
        endLine();
      } else if (line.size() < maxLineBytes) {
        first = line.size() == 0 ? b : first;
        line.write(b);
      } else {
        truncated = true;
      }
    }
  }

  /** Whether a line began like JSON, which is no field of an event. */
  public boolean sawJson() {
    return json || (line.size() > 0 && first == '{');
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
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
  }
}

package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.RandomBytes;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.rules.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns redacted events into JSON lines of at most 64 KiB with the fields that every line has. All
 * but ASCII is escaped, so that no terminal and no editor reads anything into a line.
 */
public final class LineFormat {

  /** The version of the reference that the lines keep to. */
  static final String SCHEMA = "2";

  /** The longest line, in bytes. */
  static final int LONGEST = 64 * 1024;

  private final String run = randomId();
  private final long pid;
  private final SafeRecord origin;
  private long seq;

  /**
   * @param origin {@code service.name} and {@code host.name}, where they are known
   */
  public LineFormat(long pid, SafeRecord origin) {
    this.pid = pid;
    this.origin = origin;
  }

  /** What tells this run's lines from those of others in the same file. */
  String run() {
    return run;
  }

  /** The next line of the run, without its end. */
  public String line(LogEvent event, SafeRecord redacted) {
    Map<String, Object> line = new LinkedHashMap<>();
    put(line, Field.TIMESTAMP, Timestamp.of(event.at()));
    put(line, Field.EVENT_NAME, event.name().label());
    put(line, Field.LOG_LEVEL, event.level().name());
    put(line, Field.MESSAGE, MessageText.of(event.name(), redacted));
    put(line, Field.SCHEMA, SCHEMA);
    put(line, Field.RUN_ID, run);
    put(line, Field.SEQ, seq++);
    put(line, Field.PID, pid);
    line.putAll(origin.fields());
    for (Map.Entry<String, Object> field : redacted.fields().entrySet()) {
      put(line, Field.of(field.getKey()), field.getValue());
    }
    String text = Json.write(line);
    return text.length() < LONGEST ? text : cut(line);
  }

  /** A peer's document that is none, or that was not to be shown, becomes a text beside it. */
  private static void put(Map<String, Object> line, @Nullable Field field, Object value) {
    if (field == null) {
      return;
    }
    boolean isObject = value instanceof Map;
    switch (field.type()) {
      case TEXT, TIME -> line.put(field.key(), value instanceof String ? value : value.toString());
      case DOCUMENT -> {
        Field twin = field == Field.REQUEST_JSON ? Field.REQUEST_BODY : Field.RESPONSE_BODY;
        line.put(
            isObject ? field.key() : twin.key(),
            isObject || value instanceof String ? value : Json.write(value));
      }
      case TEXTS_BY_NAME, TEXT_BY_NAME, NUMBER_BY_NAME -> {
        if (isObject) {
          line.put(field.key(), value);
        }
      }
      default -> line.put(field.key(), value);
    }
  }

  /** A random UUID: RFC 9562 §5.4. */
  private static String randomId() {
    ByteBuffer random = ByteBuffer.wrap(RandomBytes.of(16));
    long high = random.getLong() & ~0xF000L | 0x4000L;
    long low = random.getLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(high, low).toString();
  }

  /** Leaves out the largest members until the line is short enough, and says which. */
  private static String cut(Map<String, Object> line) {
    List<String> truncated = new ArrayList<>();
    String text;
    do {
      String largest = "";
      int size = -1;
      for (Map.Entry<String, Object> member : line.entrySet()) {
        int length = Json.write(member.getValue()).length();
        if (length > size && !member.getKey().equals(Field.TRUNCATED.key())) {
          size = length;
          largest = member.getKey();
        }
      }
      line.remove(largest);
      truncated.add(largest);
      line.put(Field.TRUNCATED.key(), truncated);
      text = Json.write(line);
    } while (text.length() >= LONGEST);
    return text;
  }
}

package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.RandomBytes;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.rules.json.Json;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Turns safe records into JSON lines of at most 64 KiB with the envelope that every line has. All
 * but ASCII is escaped, so that no terminal and no editor reads anything into a line.
 */
public final class LineFormat {

  private static final int LONGEST = 64 * 1024;
  private final String run = randomId();
  private final long pid;
  private long seq;

  public LineFormat(long pid) {
    this.pid = pid;
  }

  public String line(Instant time, String event, String level, SafeRecord record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("@timestamp", Timestamp.of(time));
    line.put("event.name", event);
    line.put("log.level", level);
    line.put("mcpauth.schema", "1");
    line.put("mcpauth.run.id", run);
    line.put("mcpauth.seq", seq++);
    line.put("process.pid", pid);
    line.putAll(record.fields());
    String text = Json.write(line);
    return text.length() < LONGEST ? text : cut(line);
  }

  /** A random UUID: RFC 9562 §5.4. */
  private static String randomId() {
    ByteBuffer random = ByteBuffer.wrap(RandomBytes.of(16));
    long high = random.getLong() & ~0xF000L | 0x4000L;
    long low = random.getLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(high, low).toString();
  }

  /** Leaves out the largest members until the line is short enough, and says which. */
  private String cut(Map<String, Object> line) {
    List<String> truncated = new ArrayList<>();
    String text;
    do {
      String largest = "";
      int size = -1;
      for (Map.Entry<String, Object> member : line.entrySet()) {
        int length = Json.write(member.getValue()).length();
        if (length > size && !member.getKey().equals("mcpauth.truncated")) {
          size = length;
          largest = member.getKey();
        }
      }
      line.remove(largest);
      truncated.add(largest);
      line.put("mcpauth.truncated", truncated);
      text = Json.write(line);
    } while (text.length() >= LONGEST);
    return text;
  }
}

package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on the wire and what came of it, with the messages that it carried. */
public final class LoggedExchange {

  private static final List<Field> HEAVY =
      List.of(
          Field.REQUEST_HEADERS,
          Field.RESPONSE_HEADERS,
          Field.REQUEST_FORM,
          Field.REQUEST_JSON,
          Field.REQUEST_BODY,
          Field.RESPONSE_JSON,
          Field.RESPONSE_BODY);

  private final long number;
  private final LogLine line;
  private final boolean whole;
  private final int mostMessages;
  private final List<LogLine> messages = new ArrayList<>();
  private final List<LogLine> others = new ArrayList<>();
  private long messagesSeen;

  /**
   * @param whole whether there is room for its heads and bodies
   */
  LoggedExchange(long number, LogLine line, boolean whole, int mostMessages) {
    this.number = number;
    this.line = whole ? line : light(line);
    this.whole = whole;
    this.mostMessages = mostMessages;
  }

  private static LogLine light(LogLine line) {
    Map<String, Object> fields = new LinkedHashMap<>(line.fields());
    HEAVY.forEach(field -> fields.remove(field.key()));
    return new LogLine(line.name(), fields);
  }

  void add(LogLine about) {
    if (about.name() == EventName.MCP_MESSAGE) {
      messagesSeen++;
      if (messages.size() < mostMessages) {
        messages.add(about);
      }
    } else if (others.size() < mostMessages) {
      others.add(about);
    }
  }

  /** Counts from 1 in its run. */
  public long number() {
    return number;
  }

  /** The line of the log. */
  public LogLine line() {
    return line;
  }

  /** Whether its heads and bodies were kept. */
  public boolean isWhole() {
    return whole;
  }

  public String method() {
    return line.text(Field.REQUEST_METHOD);
  }

  public String url() {
    return line.text(Field.URL);
  }

  /** What it is for: {@code mcp}, {@code token}, ... */
  public String role() {
    return line.text(Field.ROLE);
  }

  /** The MCP server that it belongs to; empty where that is not known. */
  public String serverUrl() {
    return line.text(Field.SERVER_URL);
  }

  /** The answer's status; 0 where there was no answer. */
  public int status() {
    long status = LineValues.number(line, Field.STATUS);
    return status < 100 || status > 999 ? 0 : (int) status;
  }

  /** Why there was no answer, or no whole one: {@code timeout}; empty where there was. */
  public String failure() {
    return line.text(Field.FAILURE);
  }

  public boolean isFailed() {
    return status() == 0 || status() >= 400 || !failure().isEmpty();
  }

  /** When its line was written; null where that is not known. */
  public @Nullable Instant end() {
    return LineValues.time(line);
  }

  /** When the request left; null where that is not known. */
  public @Nullable Instant start() {
    Instant end = end();
    return end == null ? null : end.minus(took());
  }

  /** How long it took, at most a day. */
  public Duration took() {
    double millis = Math.max(0, Math.min(86_400_000, LineValues.decimal(line, Field.DURATION)));
    return Duration.ofNanos((long) (millis * 1_000_000));
  }

  /** The JSON-RPC messages that it carried, the first ones. */
  public List<LogLine> messages() {
    return Collections.unmodifiableList(messages);
  }

  public long messagesSeen() {
    return messagesSeen;
  }

  /** Calls that ended badly in it, and what fixes did. */
  public List<LogLine> others() {
    return Collections.unmodifiableList(others);
  }
}

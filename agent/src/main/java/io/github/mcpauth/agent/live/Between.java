package io.github.mcpauth.agent.live;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges, and which lines about them, belong to the time between two moments. A finding
 * belongs to when the newest of its exchanges began, however late it is told: only where that one
 * was open already, or there is none, does the line's own time decide.
 */
record Between(Moment from, Moment to) {

  /** Whether that exchange began in between, or was still open when this time began. */
  boolean has(long exchange) {
    return exchange > from.last() && exchange <= to.last() || from.open().contains(exchange);
  }

  /** Whether a finding, or a loss of lines, is to be told of this time. */
  boolean has(LogLine line) {
    long exchange = newest(line);
    if (exchange > from.last()) {
      return exchange <= to.last();
    }
    boolean any = exchange == 0 || from.open().contains(exchange);
    return any && !time(line).isBefore(Instant.ofEpochMilli(from.millis()));
  }

  /** What set a finding off is the last that its evidence names. */
  private static long newest(LogLine line) {
    if (line.name() == EventName.AGENT_GAP) {
      return 0;
    }
    long newest = number(line.value(Field.EXCHANGE_ID));
    if (line.value(Field.EVIDENCE) instanceof List<?> evidence) {
      for (Object each : evidence) {
        if (each instanceof Map<?, ?> seen) {
          newest = Math.max(newest, number(seen.get("exchange")));
        }
      }
    }
    return newest;
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static Instant time(LogLine line) {
    try {
      return Instant.parse(line.text(Field.TIMESTAMP));
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}

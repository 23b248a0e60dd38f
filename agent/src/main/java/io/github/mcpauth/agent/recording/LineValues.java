package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes typed values out of lines that anybody may have written. */
final class LineValues {

  /** A whole number; 0 where the line has none. */
  static long number(LogLine line, Field field) {
    return line.value(field) instanceof Number number ? number.longValue() : 0;
  }

  /** A number; 0 where the line has none, or nothing that is one. */
  static double decimal(LogLine line, Field field) {
    double value = line.value(field) instanceof Number number ? number.doubleValue() : 0;
    return Double.isFinite(value) ? value : 0;
  }

  /** The line's time; null where it has none. */
  static @Nullable Instant time(LogLine line) {
    try {
      return Instant.parse(line.text(Field.TIMESTAMP));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The texts of a list; empty where the field is none. */
  static List<String> texts(LogLine line, Field field) {
    return line.value(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** How many characters the texts in a value have, roughly. */
  static long weight(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      long weight = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        weight += String.valueOf(entry.getKey()).length() + 32 + weight(entry.getValue());
      }
      return weight;
    }
    if (value instanceof Collection<?> list) {
      long weight = 0;
      for (Object each : list) {
        weight += 16 + weight(each);
      }
      return weight;
    }
    return value instanceof String text ? text.length() + 24 : 16;
  }

  private LineValues() {}
}

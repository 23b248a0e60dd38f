package io.github.mcpauth.agent.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that was read.
 *
 * @param name null where a newer agent wrote of something that this one does not know
 * @param fields by their names, as JSON has them
 */
public record LogLine(@Nullable EventName name, Map<String, Object> fields) {

  /** A field's value; null where the line does not have it. */
  public @Nullable Object value(Field field) {
    return fields.get(field.key());
  }

  /** A field as text, or the empty string. */
  public String text(Field field) {
    Object value = value(field);
    return value == null ? "" : value.toString();
  }
}

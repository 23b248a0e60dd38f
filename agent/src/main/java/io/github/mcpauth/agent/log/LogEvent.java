package io.github.mcpauth.agent.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log before its redaction. Fields without a value are left out.
 *
 * @param at when it happened, in UTC
 * @param fields beside those of every line; raw, as {@link
 *     io.github.mcpauth.agent.redact.Redactor#redact} takes them
 */
public record LogEvent(
    EventName name, Instant at, LogLevel level, Map<Field, ? extends @Nullable Object> fields) {

  /** The fields by their names in the log, for the redactor. */
  public Map<String, @Nullable Object> raw() {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    for (Map.Entry<Field, ? extends @Nullable Object> field : fields.entrySet()) {
      raw.put(field.getKey().key(), field.getValue());
    }
    return raw;
  }
}

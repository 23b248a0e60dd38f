package io.github.mcpauth.agent.redact;

import java.util.Map;

/**
 * The fields of a log line without any secret. Only the redactor makes one; sinks take no other.
 */
public final class SafeRecord {

  private final Map<String, Object> fields;

  SafeRecord(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Strings, numbers, booleans, and lists and maps of these. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** A field as text, or the empty string. */
  public String text(String field) {
    Object value = fields.get(field);
    return value == null ? "" : value.toString();
  }
}

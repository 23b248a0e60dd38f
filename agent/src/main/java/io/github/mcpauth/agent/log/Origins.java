package io.github.mcpauth.agent.log;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what this process is called, from where OpenTelemetry has it: {@code OTEL_SERVICE_NAME},
 * which wins, and {@code OTEL_RESOURCE_ATTRIBUTES}, or the system properties of its Java agent
 * ({@code otel.service.name}, {@code otel.resource.attributes}), which win over both.
 */
final class Origins {

  /** {@code service.name} and {@code host.name}, where they are known. */
  static Map<String, String> current() {
    return of(
        first("otel.service.name", "OTEL_SERVICE_NAME"),
        first("otel.resource.attributes", "OTEL_RESOURCE_ATTRIBUTES"),
        System.getenv("HOSTNAME"));
  }

  private static @Nullable String first(String property, String variable) {
    String value = System.getProperty(property);
    return value == null ? System.getenv(variable) : value;
  }

  /**
   * Takes the fields out of the texts.
   *
   * @param attributes {@code key=value,key=value}, values percent-encoded
   * @param host for want of an attribute
   */
  static Map<String, String> of(
      @Nullable String service, @Nullable String attributes, @Nullable String host) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, Field.SERVICE_NAME, service);
    for (String pair : attributes == null ? new String[0] : attributes.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : pair.substring(0, equals).strip();
      if (key.equals(Field.SERVICE_NAME.key())) {
        put(fields, Field.SERVICE_NAME, decoded(pair.substring(equals + 1).strip()));
      } else if (key.equals(Field.HOST_NAME.key())) {
        put(fields, Field.HOST_NAME, decoded(pair.substring(equals + 1).strip()));
      }
    }
    put(fields, Field.HOST_NAME, host);
    return fields;
  }

  private static void put(Map<String, String> fields, Field field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.putIfAbsent(field.key(), value);
    }
  }

  // Baggage's encoding (W3C Baggage §3.3.1.3), in which a plus sign is one.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private Origins() {}
}

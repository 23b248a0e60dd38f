package io.github.mcpauth.agent.boot;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code mcpauth.enabled} where that costs nothing: options, system property, environment.
 */
final class Switch {

  /** Whether the source of highest precedence that names the setting says {@code false}. */
  static boolean off(@Nullable String options) {
    String value = options == null ? null : option(options);
    if (value == null) {
      value = System.getProperty("mcpauth.enabled");
    }
    if (value == null) {
      value = System.getenv("MCPAUTH_ENABLED");
    }
    return value != null && "false".equalsIgnoreCase(value.trim());
  }

  private static @Nullable String option(String options) {
    String found = null;
    int start = 0;
    while (start <= options.length()) {
      int comma = options.indexOf(',', start);
      int end = comma < 0 ? options.length() : comma;
      String pair = options.substring(start, end).trim();
      if (pair.startsWith("mcpauth.")) {
        pair = pair.substring("mcpauth.".length());
      }
      if (pair.startsWith("enabled=")) {
        found = pair.substring("enabled=".length());
      }
      start = end + 1;
    }
    return found;
  }

  private Switch() {}
}

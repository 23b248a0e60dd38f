package io.github.mcpauth.agent.boot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code mcpauth.enabled} where that costs nothing: options, system property, environment.
 */
final class Switch {

  private static final String KEY = "mcpauth.enabled";

  // The words that the other settings know for it.
  private static final String[] OFF = {"false", "off", "no", "0"};

  /** Whether the source of highest precedence that names the setting says so. */
  static boolean off(Map<String, String> options) {
    @Nullable String value = options.get(KEY);
    if (isBlank(value)) {
      value = System.getProperty(KEY);
    }
    if (isBlank(value)) {
      value = System.getenv("MCPAUTH_ENABLED");
    }
    String word = value == null ? "" : value.trim();
    for (int i = 0; i < OFF.length; i++) {
      if (word.equalsIgnoreCase(OFF[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.trim().isEmpty();
  }

  private Switch() {}
}

package io.github.mcpauth.agent.boot;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code mcpauth.enabled} where that costs nothing: options, system property, environment.
 */
final class Switch {

  // The words that the other settings know for it.
  private static final String[] OFF = {"false", "off", "no", "0"};

  /** Whether the source of highest precedence that names the setting says so. */
  static boolean off(@Nullable String options) {
    String value = options == null ? null : option(options);
    if (value == null) {
      value = System.getProperty("mcpauth.enabled");
    }
    if (value == null) {
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

  // Quotes and the escaped comma as in the other settings; whatever is in a quoted value is text.
  private static @Nullable String option(String options) {
    String found = null;
    StringBuilder pair = new StringBuilder();
    boolean quoted = false;
    int length = options.length();
    for (int i = 0; i <= length; i++) {
      char c = i < length ? options.charAt(i) : ',';
      if (i == length || c == ',' && !quoted) {
        String value = enabled(pair.toString().trim());
        found = value == null ? found : value;
        pair.setLength(0);
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c != '\\' || i + 1 == length || options.charAt(i + 1) != ',') {
        pair.append(c);
      } else {
        pair.append(options.charAt(++i));
      }
    }
    return found;
  }

  private static @Nullable String enabled(String pair) {
    int equals = pair.indexOf('=');
    String key = equals < 0 ? pair : pair.substring(0, equals).trim();
    boolean named = key.equals("enabled") || key.equals("mcpauth.enabled");
    return named && equals >= 0 ? pair.substring(equals + 1) : null;
  }

  private Switch() {}
}

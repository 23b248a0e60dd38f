package io.github.mcpauth.agent.boot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the agent's options, {@code key=value,key=value}: keys with or without the prefix, values
 * in double quotes where they hold a comma, or with the comma as {@code \,}. No other backslash
 * means anything, so that Windows paths survive. Of a key that comes twice the last value holds. A
 * quote that is not closed stays in its value, for the settings to complain of.
 */
final class Options {

  static final String PREFIX = "mcpauth.";

  /** Values by key with its prefix. */
  static Map<String, String> parse(@Nullable String options) {
    Map<String, String> values = new LinkedHashMap<>();
    StringBuilder pair = new StringBuilder();
    boolean quoted = false;
    int opened = 0;
    int length = options == null ? 0 : options.length();
    for (int i = 0; options != null && i <= length; i++) {
      char c = i < length ? options.charAt(i) : ',';
      if (i == length && quoted) {
        pair.insert(opened, '"');
      }
      if (i == length || c == ',' && !quoted) {
        add(pair.toString(), values);
        pair.setLength(0);
      } else if (c == '"') {
        quoted = !quoted;
        opened = pair.length();
      } else if (c == '\\' && i + 1 < length && options.charAt(i + 1) == ',') {
        pair.append(options.charAt(++i));
      } else {
        pair.append(c);
      }
    }
    return values;
  }

  private static void add(String pair, Map<String, String> values) {
    if (pair.trim().isEmpty()) {
      return;
    }
    int equals = pair.indexOf('=');
    String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
    String value = equals < 0 ? "" : pair.substring(equals + 1).trim();
    values.put(key.startsWith(PREFIX) ? key : PREFIX.concat(key), value);
  }

  private Options() {}
}

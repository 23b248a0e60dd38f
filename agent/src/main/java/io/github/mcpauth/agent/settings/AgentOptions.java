package io.github.mcpauth.agent.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the agent's options, {@code key=value,key=value}: keys with or without the prefix, values
 * in double quotes where they hold a comma, or with the comma as {@code \,}. No other backslash
 * means anything, so that Windows paths survive.
 */
final class AgentOptions {

  static Map<String, String> parse(String options) {
    Map<String, String> values = new LinkedHashMap<>();
    StringBuilder pair = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= options.length(); i++) {
      char c = i < options.length() ? options.charAt(i) : ',';
      if (c == '"' && i < options.length()) {
        quoted = !quoted;
      } else if (c == '\\' && i + 1 < options.length() && options.charAt(i + 1) == ',') {
        pair.append(',');
        i++;
      } else if (c == ',' && (!quoted || i == options.length())) {
        add(pair.toString(), values);
        pair.setLength(0);
      } else {
        pair.append(c);
      }
    }
    return values;
  }

  private static void add(String pair, Map<String, String> values) {
    if (pair.isBlank()) {
      return;
    }
    int equals = pair.indexOf('=');
    String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
    String value = equals < 0 ? "" : pair.substring(equals + 1).trim();
    boolean hasPrefix = key.startsWith(SettingSpec.PREFIX);
    values.put(hasPrefix ? key : SettingSpec.PREFIX + key, value);
  }

  private AgentOptions() {}
}

package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.cli.Version;
import io.github.mcpauth.agent.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the first line of the log says. */
final class Started {

  static Map<String, Object> fields(Settings settings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mcpauth.version", Version.current());
    fields.put("java.version", System.getProperty("java.version", ""));
    fields.put("java.vendor", System.getProperty("java.vendor", ""));
    fields.put("mcpauth.clients", List.of("java.net.http", "okhttp"));
    Map<String, Object> effective = new LinkedHashMap<>();
    for (Settings.Origin origin : settings.origins()) {
      Map<String, Object> setting = new LinkedHashMap<>(); // Map.of has another order each time.
      setting.put("value", origin.value());
      setting.put("from", origin.source());
      effective.put(origin.key(), setting);
    }
    fields.put("mcpauth.settings", effective);
    fields.put("mcpauth.settings.problems", settings.problems());
    return fields;
  }

  private Started() {}
}

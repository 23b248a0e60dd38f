package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.cli.Version;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.settings.Settings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the first line of the log says. */
final class Started {

  static Map<Field, Object> fields(Settings settings) {
    Map<Field, Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.VERSION, Version.current());
    fields.put(Field.JAVA_VERSION, System.getProperty("java.version", ""));
    fields.put(Field.JAVA_VENDOR, System.getProperty("java.vendor", ""));
    fields.put(Field.CLIENTS, List.of("java.net.http", "okhttp"));
    List<String> effective = new ArrayList<>();
    for (Settings.Origin origin : settings.origins()) {
      effective.add(origin.key() + "=" + origin.value() + " (" + origin.source() + ")");
    }
    fields.put(Field.SETTINGS, effective);
    fields.put(Field.SETTINGS_PROBLEMS, settings.problems());
    return fields;
  }

  private Started() {}
}

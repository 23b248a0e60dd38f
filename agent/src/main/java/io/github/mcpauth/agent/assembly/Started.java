package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.Version;
import io.github.mcpauth.agent.weave.ClientInstrumentation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the first line of the log says. */
final class Started {

  static Map<Field, Object> fields(Settings settings) {
    List<String> names = new ArrayList<>();
    for (ClientInstrumentation client : Assembly.clients()) {
      names.add(client.name());
    }
    Map<Field, Object> fields = new EnumMap<>(Field.class);
    fields.put(Field.VERSION, Version.current());
    fields.put(Field.JAVA_VERSION, System.getProperty("java.version", ""));
    fields.put(Field.JAVA_VENDOR, System.getProperty("java.vendor", ""));
    fields.put(Field.CLIENTS, names);
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

package io.github.mcpauth.agent.cli.report;

import static java.util.Objects.requireNonNull;

import io.github.mcpauth.agent.recording.Recordings;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log in which every text that a peer can reach says the same evil thing. */
final class Hostile {

  static final String TEXT =
      "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
          + "</style></svg></pre>\u001b[2J\u202e\u0000\n```\n$(touch /tmp/x)`id`;#%%{init:{}}%% 'x'";

  /** What the agent itself decides on. */
  private static final Set<String> OURS =
      Set.of("@timestamp", "event.name", "log.level", "mcpauth.schema", "mcpauth.run.id");

  /** Writes the log. */
  static Path log(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Recordings.log("reconnect"))) {
      Map<?, ?> fields =
          (Map<?, ?>) requireNonNull(Json.read(line.getBytes(StandardCharsets.UTF_8)));
      Map<String, Object> evil = new LinkedHashMap<>();
      fields.forEach(
          (name, value) ->
              evil.put(
                  String.valueOf(name),
                  OURS.contains(name) ? value : evil(value, name.equals("mcpauth.role"))));
      lines.add(Json.write(evil));
    }
    return Files.write(file, lines);
  }

  private static Object evil(Object value, boolean keep) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> evil = new LinkedHashMap<>();
      map.forEach(
          (name, each) ->
              evil.put(name.equals("exchange") ? "exchange" : name + TEXT, evil(each, false)));
      return evil;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(each -> evil(each, false)).toList();
    }
    return value instanceof String text ? (keep ? text : text + TEXT) : value;
  }

  private Hostile() {}
}

package io.github.mcpauth.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last of the agent's findings that is no mere note, as Spring Boot shows a failure. */
final class LastFinding {

  private static final String DOOR = "io.github.mcpauth.agent.Agent";

  /** What a rule suspects it says after seconds, and an application that failed can wait for it. */
  private static final long MOST_MILLIS = 5000;

  private final Map<?, ?> line;
  private final String log;

  private LastFinding(Map<?, ?> line, String log) {
    this.line = line;
    this.log = log;
  }

  /**
   * Asks the agent that watches this JVM; null where none does, or nothing was found.
   *
   * @throws ReflectiveOperationException where the agent is older than this
   */
  static @Nullable LastFinding ask() throws ReflectiveOperationException {
    Class<?> door;
    try {
      door = Class.forName(DOOR, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
    if (!Boolean.TRUE.equals(door.getMethod("isWatching").invoke(null))) {
      return null;
    }
    Object answer =
        door.getMethod("findings", long[].class, long[].class, long.class)
            .invoke(null, null, null, MOST_MILLIS);
    LastFinding last = null;
    if (answer instanceof Map<?, ?> map && map.get("findings") instanceof List<?> findings) {
      for (Object each : findings) {
        boolean isMap = each instanceof Map<?, ?>;
        if (isMap && ((Map<?, ?>) each).get("fields") instanceof Map<?, ?> line) {
          boolean isNote = text(line, "mcpauth.severity").equals("note");
          last = isNote ? last : new LastFinding(line, text(map, "log"));
        }
      }
    }
    return last;
  }

  /** What was seen, and where. */
  String description() {
    StringBuilder text = new StringBuilder("The last that mcp-auth-agent found: ");
    text.append(of("mcpauth.title")).append(" [").append(of("mcpauth.rule")).append("]\n\n");
    text.append(of("mcpauth.finding.text"));
    add(text, "MCP server", of("mcpauth.server.url"));
    String quote = of("mcpauth.finding.quote");
    add(text, "It said", quote.isEmpty() ? "" : '"' + quote + '"');
    add(text, "Log", plain(log));
    return text.toString();
  }

  private static void add(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append('\n').append(label).append(": ").append(value);
    }
  }

  /** The steps of the remedy. */
  String action() {
    StringBuilder text = new StringBuilder();
    if (line.get("mcpauth.remedy") instanceof List<?> steps) {
      for (int i = 0; i < steps.size(); i++) {
        String number = steps.size() == 1 ? "" : (i + 1) + ". ";
        text.append(number).append(plain(String.valueOf(steps.get(i)))).append('\n');
      }
    }
    return text + "More: java -jar mcp-auth-agent.jar explain " + of("mcpauth.rule");
  }

  private String of(String field) {
    return plain(text(line, field));
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  /** What a server sent must not control the terminal. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}

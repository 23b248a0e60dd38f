package io.github.mcpauth.agent.log;

/** Loads on the worker what the first line needs, while the host still opens its connection. */
final class Warmth {

  private static final String[] CLASSES = {
    "io.github.mcpauth.rules.json.Json",
    "ch.qos.logback.classic.LoggerContext",
    "io.github.mcpauth.agent.log.RotatingAppender",
    "io.github.mcpauth.agent.redact.FreeText",
    "io.github.mcpauth.rules.mcp.JsonRpc"
  };

  static void load() {
    for (String name : CLASSES) {
      try {
        Class.forName(name);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("not in the jar: " + name, e);
      }
    }
  }

  private Warmth() {}
}

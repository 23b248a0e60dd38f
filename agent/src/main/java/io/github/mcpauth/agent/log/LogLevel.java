package io.github.mcpauth.agent.log;

/** How much a line matters; the constant's name is what the log says. */
public enum LogLevel {
  INFO,
  WARN,
  ERROR
}

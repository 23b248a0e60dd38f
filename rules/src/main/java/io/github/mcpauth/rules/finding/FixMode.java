package io.github.mcpauth.rules.finding;

/** How far a fix may go. */
public enum FixMode {
  OFF,
  /** Logs what it would do; nothing changes on the wire. */
  DRY_RUN,
  ON
}

package io.github.mcpauth.junit;

import java.util.Locale;

/** How bad a finding is, as the log has it, the mildest first. */
public enum Severity {
  /** Works, and may be better; also what a fix of the agent's repaired. */
  NOTE,
  /** Works, but not for long, or not for everybody. */
  WARNING,
  /** Does not work. */
  ERROR;

  /** As in the log; what is not known there is taken for the worst. */
  static Severity of(String label) {
    for (Severity each : values()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    return ERROR;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

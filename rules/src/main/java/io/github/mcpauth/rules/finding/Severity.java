package io.github.mcpauth.rules.finding;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** It fails, or will. */
  ERROR,
  /** It works, but not for long or not everywhere. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

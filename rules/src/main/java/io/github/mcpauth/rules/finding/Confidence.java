package io.github.mcpauth.rules.finding;

import java.util.Locale;

/** How sure a finding is of its cause. */
public enum Confidence {
  CERTAIN,
  LIKELY,
  POSSIBLE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.github.mcpauth.rules.finding;

import java.util.Locale;

/** What a fix may change. */
public enum FixSafety {
  /** Only what the host sees of an answer, or a request that would certainly fail. */
  SAFE,
  /** Requests that might have worked as they were. */
  CHANGES_REQUESTS,
  NONE;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

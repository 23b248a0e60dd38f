package io.github.mcpauth.rules.finding;

import java.util.Locale;

/** What a fix may change. */
public enum FixSafety {
  /**
   * No hostile or second party (another server, another user, other code in the process) can make
   * it send, repeat or show anything that would not have been without it.
   */
  SAFE,
  /** Others can have a part in what it sends or shows, or it changes what might have worked. */
  CHANGES_REQUESTS,
  NONE;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

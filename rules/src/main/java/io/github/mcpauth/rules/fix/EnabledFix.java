package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.finding.FixMode;

/**
 * A fix, and how the user enabled it.
 *
 * @param explicit by its own property, rather than by {@code mcpauth.autofix=safe}
 */
record EnabledFix<F>(F fix, FixMode mode, boolean explicit) {

  boolean isOn() {
    return mode == FixMode.ON;
  }
}

package io.github.mcpauth.agent.settings;

import java.util.Set;

/** The names that keys of settings may end with. */
public interface KnownRules {

  /** Of all rules. */
  Set<String> rules();

  /** Of the rules that have a fix. */
  Set<String> fixes();
}

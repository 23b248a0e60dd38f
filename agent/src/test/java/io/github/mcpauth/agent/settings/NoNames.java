package io.github.mcpauth.agent.settings;

import java.util.Set;

/** A catalogue without rules and fixes, for settings that name none. */
public final class NoNames implements KnownRules {

  @Override
  public Set<String> rules() {
    return Set.of();
  }

  @Override
  public Set<String> fixes() {
    return Set.of();
  }
}

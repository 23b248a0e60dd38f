package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.settings.RuleNames;
import java.util.Set;

/** A catalogue without rules and fixes, for settings that name none. */
final class NoNames implements RuleNames {

  @Override
  public Set<String> rules() {
    return Set.of();
  }

  @Override
  public Set<String> fixes() {
    return Set.of();
  }
}

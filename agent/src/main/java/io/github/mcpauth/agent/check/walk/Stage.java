package io.github.mcpauth.agent.check.walk;

import java.util.List;
import java.util.Set;

/** A part of the walk: asks, and tells in a line or several what came of it. */
interface Stage {

  List<Step> run(WalkState state);

  /** Rules whose findings belong to this stage's line, wherever their evidence is. */
  default Set<String> rules() {
    return Set.of();
  }
}

package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Trait;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which finding explains which: one root cause, one finding. A rule is not reported for a server
 * whose open findings hold one of its causes, but linked to it.
 */
final class Causes {

  static boolean isIndependent(String rule) {
    RuleInfo info = Catalogue.info(rule);
    return info != null && info.is(Trait.INDEPENDENT);
  }

  /** The rule among those already named that explains this one, or null. */
  static @Nullable String of(String rule, Map<String, Long> named) {
    RuleInfo info = Catalogue.info(rule);
    if (info != null) {
      for (String other : named.keySet()) {
        if (info.isExplainedBy(other)) {
          return other;
        }
      }
    }
    return null;
  }

  private Causes() {}
}

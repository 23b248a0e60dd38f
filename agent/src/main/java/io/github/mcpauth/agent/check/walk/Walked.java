package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import java.util.List;

/** What came of a walk; what the rules found is in its log. */
public record Walked(Target target, ClientProfile client, List<Step> steps, Standing standing) {

  public Walked {
    steps = List.copyOf(steps);
  }

  /** Whether a step failed, be it one that no rule knows. */
  public boolean hasBadStep() {
    return steps.stream().anyMatch(each -> each.mark() == Step.Mark.BAD);
  }
}

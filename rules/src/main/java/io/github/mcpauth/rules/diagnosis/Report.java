package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.journey.Journey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes what a rule found. */
public interface Report {

  /** The cause is clear. */
  void found(Finding finding);

  /**
   * The cause is clear unless the host goes on: judged again once nothing more has happened for a
   * while, or when the process ends.
   *
   * @param judgement the finding as things then stand, or null where it is contradicted
   */
  void suspect(String rule, Function<Journey, @Nullable Finding> judgement);
}

package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
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
  default void suspect(String rule, Function<McpServer, @Nullable Finding> judgement) {
    suspect(rule, Duration.ofSeconds(1), judgement);
  }

  /**
   * The cause is clear once something happens that may never do: judged again and again, however
   * long the host pauses, until there is a finding or the process ends.
   *
   * @param judgement the finding once it is proven, or null while it is not
   */
  void suspectUntilProven(String rule, Function<McpServer, @Nullable Finding> judgement);

  /**
   * The same with more patience.
   *
   * @param quiet how long nothing must have happened for the server
   */
  void suspect(String rule, Duration quiet, Function<McpServer, @Nullable Finding> judgement);
}

package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.recording.LoggedExchange;
import org.jspecify.annotations.Nullable;

/**
 * One step of a flow.
 *
 * @param exchange the first exchange that it stands for; null where nothing was seen on the wire,
 *     but must have happened
 * @param label what was asked
 * @param outcome what came of it: a status, or why there is none
 * @param count how many equal exchanges in a row it stands for
 */
record Arrow(
    Participant from,
    Participant to,
    @Nullable LoggedExchange exchange,
    String label,
    String outcome,
    boolean failed,
    int count) {

  boolean isInferred() {
    return exchange == null;
  }

  /** Whether the other one would stand beside this one with the same words. */
  boolean isLike(Arrow other) {
    return from == other.from
        && to == other.to
        && label.equals(other.label)
        && outcome.equals(other.outcome)
        && isInferred() == other.isInferred();
  }

  Arrow again() {
    return new Arrow(from, to, exchange, label, outcome, failed, count + 1);
  }
}

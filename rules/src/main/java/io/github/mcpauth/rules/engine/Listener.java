package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.knowledge.StateChange;

/** Takes what the diagnosis has to say. Called on the host's thread: it must return at once. */
public interface Listener {

  void found(Finding finding);

  /** A finding repeated; {@code count} is how often it was seen so far. */
  void repeated(Finding finding, long count);

  /** A finding that follows from an earlier one: {@code cause} is that one's rule. */
  void linked(Finding finding, String cause, long causedBy);

  void moved(StateChange change);

  /** A server is not connected, and nothing more happens; or it is again. */
  default void stands(ServerStatus status) {}

  /**
   * A JSON-RPC call ended without an answer, or was answered by an error.
   *
   * @param others how many more of the same exchange ended like it, of which nothing else is told
   */
  void called(Call call, String serverUrl, int others);

  void fixed(FixReport report);

  /** A rule threw; it is switched off after three times. */
  void ruleFailed(String rule, Throwable error);
}

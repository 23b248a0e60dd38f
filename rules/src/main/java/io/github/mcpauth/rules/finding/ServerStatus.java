package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.knowledge.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * How an MCP server stands once nothing more happens, for a person: that it is not connected, why,
 * and who must do what; or that it is again.
 *
 * @param rule the one whose finding explains it, or null
 * @param why in a sentence, without values
 * @param confidence how sure the explanation is
 * @param actor null where nobody must act: the server is connected
 * @param step what to do, or null
 * @param exchangeId the exchange that the explanation rests on
 */
public record ServerStatus(
    String serverUrl,
    ServerState state,
    @Nullable String rule,
    String why,
    Confidence confidence,
    @Nullable Actor actor,
    @Nullable String step,
    long exchangeId) {

  /** Whether all is well, after something was not. */
  public boolean isRecovered() {
    return state == ServerState.CONNECTED;
  }
}

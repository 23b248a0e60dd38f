package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.walk.ClientRequests.Session;
import java.util.List;

/**
 * Whether any web page may talk to a server that wants no login (MCP 2025-11-25, Transports:
 * Security Warning, DNS rebinding).
 */
final class OriginStage implements Stage {

  private static final String NAME = "origin";
  private static final String FOREIGN = "https://attacker.invalid";

  @Override
  public List<Step> run(WalkState state) {
    if (state.over || !state.isOpen || state.credential() || state.statelessOnly) {
      return List.of();
    }
    Answer answer = state.calls.triesFromForeignPage(FOREIGN);
    if (answer.status() == 403) {
      return List.of(Step.good(NAME, "a web page from elsewhere gets 403"));
    }
    if (!answer.hasResult(state.calls.lastId())) {
      return List.of(Step.none(NAME, "a web page from elsewhere gets " + answer.inWords()));
    }
    String session = answer.headers().first("Mcp-Session-Id");
    if (session != null) {
      state.calls.endSession(false, new Session(session, ClientRequests.REVISION));
    }
    return List.of(
        Step.note(NAME, "any web page may talk to it (Origin: " + FOREIGN + "), 403 was due"));
  }
}

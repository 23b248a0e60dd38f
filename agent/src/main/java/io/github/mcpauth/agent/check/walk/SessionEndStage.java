package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.walk.ClientRequests.Session;
import java.util.List;

/**
 * Ends the session, and asks in it once more: 404 tells clients to start a new one (MCP 2025-11-25,
 * Transports: Session Management).
 */
final class SessionEndStage implements Stage {

  private static final String NAME = "session's end";

  @Override
  public List<Step> run(WalkState state) {
    Session session = state.session;
    if (!state.goesOn() || session == null || session.id() == null || !state.client.endsSession()) {
      return List.of();
    }
    Answer ended = state.calls.endSession(state.credential(), session);
    if (ended.status() == 405) {
      return List.of(Step.none(NAME, "clients may not end one (405)"));
    }
    if (!ended.isSuccess()) {
      return List.of(Step.note(NAME, "DELETE gives " + ended.inWords()));
    }
    Answer after = state.calls.listTools(state.credential(), session);
    return List.of(
        after.status() == 404
            ? Step.good(NAME, "DELETE ends it, and 404 says so")
            : Step.note(
                NAME,
                "DELETE ends it, then a request in it gets "
                    + after.inWords()
                    + " where 404 was due"));
  }
}

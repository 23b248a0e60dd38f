package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.walk.ClientRequests.Session;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.util.List;

/**
 * Connects once more, as a client does after a lost session or a restart, and ends that session.
 */
final class ReconnectStage implements Stage {

  private static final String NAME = "reconnect";

  @Override
  public List<Step> run(WalkState state) {
    if (!state.goesOn() || state.session == null) {
      return List.of();
    }
    boolean credential = state.credential();
    Answer opened = state.calls.initialize(credential);
    String id = state.calls.lastId();
    JsonRpcMessage result = opened.to(id);
    if (!opened.hasResult(id) || result == null) {
      return List.of(Step.bad(NAME, opened.inWords()));
    }
    String revision =
        result.protocolVersion() == null ? ClientRequests.REVISION : result.protocolVersion();
    Session session = new Session(opened.headers().first("Mcp-Session-Id"), revision);
    state.calls.initialized(credential, session);
    Answer listed = state.calls.listTools(credential, session);
    boolean works = listed.hasResult(state.calls.lastId()) || listed.errorCode() == -32601;
    if (session.id() != null && state.client.endsSession()) {
      state.calls.endSession(credential, session);
    }
    return List.of(
        works ? Step.good(NAME, "a new connection works") : Step.bad(NAME, listed.inWords()));
  }
}

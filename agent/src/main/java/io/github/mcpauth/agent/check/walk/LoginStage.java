package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.walk.ClientRequests.Session;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.util.ArrayList;
import java.util.List;

/** Opens a connection, with the credential that was given, or without one where none is wanted. */
final class LoginStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    if (state.over) {
      return List.of();
    }
    if (!state.isOpen && !state.credential()) {
      return state.wantsLogin
          ? List.of(Step.none("login", "no credential was given; what follows needs one"))
          : List.of();
    }
    List<Step> steps = new ArrayList<>();
    boolean credential = state.credential();
    Answer opening = state.opening;
    if (credential && state.isOpen && opening != null) {
      leave(state, opening);
    }
    Answer answer = credential || opening == null ? open(state, credential) : opening;
    String id = answer == opening ? state.openingId : state.calls.lastId();
    if (!answer.hasResult(id)) {
      steps.add(Step.bad(credential ? "login" : "initialize", answer.inWords()));
      state.isOpen = false;
      return steps;
    }
    state.connected = true;
    state.opened = answer;
    if (credential) {
      steps.add(
          state.wantsLogin
              ? Step.good("login", "the credential is taken")
              : Step.note("login", "the credential is taken, and none is wanted"));
    }
    if (!state.statelessOnly) {
      steps.add(initialized(state, answer, id));
    }
    return steps;
  }

  private static Answer open(WalkState state, boolean credential) {
    return state.statelessOnly
        ? state.calls.stateless(credential, "server/discover")
        : state.calls.initialize(credential);
  }

  /** What was opened without the credential is not gone on with. */
  private static void leave(WalkState state, Answer opening) {
    String session = opening.headers().first("Mcp-Session-Id");
    if (session != null && state.client.endsSession()) {
      state.calls.endSession(false, new Session(session, ClientRequests.REVISION));
    }
  }

  private static Step initialized(WalkState state, Answer answer, String id) {
    JsonRpcMessage result = answer.to(id);
    String revision =
        result == null || result.protocolVersion() == null
            ? ClientRequests.REVISION
            : result.protocolVersion();
    String session = answer.headers().first("Mcp-Session-Id");
    state.session = new Session(session, revision);
    boolean clean = session == null || session.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    Answer taken =
        clean
            ? state.calls.initialized(state.credential(), state.session)
            : Answer.notAsked(
                state.target.url(), "the session id has other than visible ASCII characters");
    String text = "revision " + revision + (session == null ? ", no session" : ", with a session");
    if (!clean) {
      state.session = new Session(null, revision);
      return Step.bad("initialize", text + "; the session id has other than visible ASCII in it");
    }
    return taken.status() == 202
        ? Step.good("initialize", text)
        : Step.note(
            "initialize", text + "; notifications get " + taken.inWords() + " in place of 202");
  }
}

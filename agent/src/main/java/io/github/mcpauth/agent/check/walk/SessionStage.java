package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.walk.ClientRequests.Session;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works in a session: the same request twice, and a stream. */
final class SessionStage implements Stage {

  @Override
  public List<Step> run(WalkState state) {
    Session session = state.session;
    if (!state.goesOn() || session == null) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    steps.add(listed(state, session));
    if (state.wantsLogin && !state.credential()) {
      if (session.id() != null && state.client.endsSession()) {
        state.calls.endSession(false, session);
      }
      return steps;
    }
    if (state.client.opensStream()) {
      steps.add(stream(state.calls.openStream(state.credential(), session)));
    }
    return steps;
  }

  private static Step listed(WalkState state, Session session) {
    Answer first = state.calls.listTools(state.credential(), session);
    String id = state.calls.lastId();
    if (first.hasResult(id)) {
      Answer second = state.calls.listTools(state.credential(), session);
      String again = state.calls.lastId();
      return second.hasResult(again)
          ? Step.good("tools/list", count(first) + ", twice")
          : Step.bad("tools/list", "a result, then " + second.inWords());
    }
    if (first.status() == 401 && !state.credential()) {
      state.isOpen = false;
      state.wantsLogin = true;
      state.opening = first;
      return Step.good("tools/list", "401, " + OpeningStage.hint(first));
    }
    boolean unknown = first.isSuccess() && first.errorCode() == -32601;
    return unknown
        ? Step.none("tools/list", "it has no tools")
        : Step.bad("tools/list", first.inWords());
  }

  /** How many tools there are on the first page. */
  static String count(Answer answer) {
    for (byte[] each : answer.messages()) {
      Integer tools = tools(each);
      if (tools != null) {
        return tools + (tools == 1 ? " tool" : " tools");
      }
    }
    return "a result";
  }

  private static @Nullable Integer tools(byte[] message) {
    try {
      return Json.read(message) instanceof Map<?, ?> members
              && members.get("result") instanceof Map<?, ?> result
              && result.get("tools") instanceof List<?> tools
          ? tools.size()
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static Step stream(Answer answer) {
    if (answer.isSuccess() && answer.head() != null && answer.head().isEventStream()) {
      return Step.good("stream", "it opens one");
    }
    return answer.status() == 405
        ? Step.none("stream", "it offers none (405)")
        : Step.note("stream", answer.inWords() + ", where a stream or 405 was due");
  }
}

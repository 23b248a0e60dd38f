package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.agent.check.wire.Reached;
import io.github.mcpauth.agent.check.wire.TlsFacts;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The first request, without a credential: is the server there, is it who it should be, and does it
 * say how to log in (MCP 2025-11-25, Authorization: Protected Resource Metadata Discovery)?
 */
final class OpeningStage implements Stage {

  private static final String CHALLENGE = "challenge";

  @Override
  public List<Step> run(WalkState state) {
    Answer answer = state.calls.initialize(false);
    String id = state.calls.lastId();
    List<Step> steps = new ArrayList<>();
    reached(state, answer, steps);
    if (state.over) {
      return steps;
    }
    if (Modern.isRefusal(answer)) {
      steps.add(
          Step.note(
              "initialize", "not known: clients of before 2026-07-28 cannot use this server"));
      state.statelessOnly = true;
      answer = state.calls.stateless(false, "server/discover");
      id = state.calls.lastId();
    }
    state.opening = answer;
    state.openingId = id;
    steps.add(challenge(state, answer, id));
    return steps;
  }

  private static void reached(WalkState state, Answer answer, List<Step> steps) {
    Reached reached = state.sender.reached();
    String place = state.target.origin().host() + ":" + state.target.origin().port();
    place += reached.proxy() == null ? "" : " over " + reached.proxy().inWords();
    InetAddress address = reached.connected();
    if (address == null) {
      state.unreachable = true;
      state.over = true;
      steps.add(Step.bad("reach", place + ": " + answer.inWords()));
      return;
    }
    steps.add(
        Step.good(
            "reach",
            place
                + (reached.proxy() == null ? " at " + address.getHostAddress() : "")
                + ", "
                + reached.connect().toMillis()
                + " ms"));
    if (state.target.origin().isHttps()) {
      steps.add(tls(state, answer, reached));
    }
  }

  private static Step tls(WalkState state, Answer answer, Reached reached) {
    TlsFacts certificate = reached.certificate();
    Instant now = Instant.now();
    String facts = certificate == null ? "" : certificate.inWords(now);
    if (reached.protocol() == null) {
      state.over = true;
      return Step.bad("tls", answer.inWords() + (facts.isEmpty() ? "" : "; " + facts));
    }
    String text = reached.protocol() + "; " + facts;
    return certificate != null && certificate.endsSoon(now)
        ? Step.note("tls", text + ", which is soon")
        : Step.good("tls", text);
  }

  private static Step challenge(WalkState state, Answer answer, String id) {
    if (answer.hasResult(id)) {
      state.isOpen = true;
      return Step.good(CHALLENGE, "none: it answers without a login");
    }
    if (answer.head() == null) {
      state.over = true;
      return Step.bad(CHALLENGE, answer.inWords());
    }
    if (answer.status() == 401) {
      state.wantsLogin = true;
      return Step.good(CHALLENGE, "401, " + hint(answer));
    }
    if (answer.status() == 403) {
      state.wantsLogin = true; // To be seen: see the metadata.
      return Step.bad(CHALLENGE, answer.inWords() + ", where 401 would say that a login is wanted");
    }
    return Step.bad(CHALLENGE, answer.inWords() + ", where a result or 401 was due");
  }

  static String hint(Answer answer) {
    Challenges challenges = Challenges.in(answer.headers());
    String metadata = challenges.resourceMetadata();
    if (metadata != null) {
      return "which names " + metadata;
    }
    if (challenges.all().isEmpty()) {
      return "without WWW-Authenticate";
    }
    Challenge first = challenges.all().get(0);
    return "with " + first.scheme() + " and no resource_metadata";
  }
}

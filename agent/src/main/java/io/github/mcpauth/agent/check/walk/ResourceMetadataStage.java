package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to log in: the document that the challenge names, else the well-known URLs, the
 * path-inserted one first (RFC 9728 §3.1, §5.1; MCP 2025-11-25, Authorization).
 */
final class ResourceMetadataStage implements Stage {

  static final String NAME = "resource metadata";

  @Override
  public List<Step> run(WalkState state) {
    Answer opening = state.opening;
    if (state.over || opening == null || !state.wantsLogin) {
      return List.of();
    }
    if (!state.client.looksForMetadata()) {
      return List.of(Step.none(NAME, state.client.label() + " does not look for it by itself"));
    }
    String hint = Challenges.in(opening.headers()).resourceMetadata();
    if (hint == null && state.hasKey()) {
      return List.of(Step.none(NAME, "not looked for: what was given is a key, no token"));
    }
    List<URI> candidates = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    URI named = Urls.parse(hint);
    if (hint != null && (named == null || Origin.of(named) == null)) {
      failures.add("what the challenge names is no absolute URL: " + hint);
    } else if (named != null) {
      candidates.add(named);
    }
    for (URI each : WellKnown.protectedResource(state.target.url())) {
      if (!candidates.contains(each)) {
        candidates.add(each);
      }
    }
    for (URI each : candidates) {
      Answer answer = state.calls.document(each);
      ProtectedResourceMetadata document =
          answer.status() == 200 ? ProtectedResourceMetadata.parse(answer.body()) : null;
      if (document != null && document.isUsable()) {
        state.resource = document;
        state.resourceAtRoot = "/.well-known/oauth-protected-resource".equals(each.getRawPath());
        return List.of(
            found(each.equals(named) ? "as named" : state.shown(each), document, failures));
      }
      failures.add(state.shown(each) + ": " + flaw(answer, document));
    }
    if (opening.status() == 403 && Challenges.in(opening.headers()).bearer() == null) {
      state.wantsLogin = false; // A refusal by somebody who knows of no login.
    }
    return List.of(Step.bad(NAME, "none; " + String.join("; ", failures)));
  }

  private static Step found(
      String where, ProtectedResourceMetadata document, List<String> failures) {
    String text =
        where
            + ": resource "
            + document.resource()
            + ", authorization server "
            + String.join(", ", document.authorizationServers());
    return failures.isEmpty()
        ? Step.good(NAME, text)
        : Step.note(NAME, text + " (before: " + String.join("; ", failures) + ")");
  }

  private static String flaw(Answer answer, @Nullable ProtectedResourceMetadata document) {
    if (answer.status() != 200) {
      return answer.inWords();
    }
    return document == null ? answer.inWords() + ", no JSON object" : "no authorization_servers";
  }
}

package io.github.mcpauth.agent.check.walk;

import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What the authorization servers say of themselves, at the well-known URLs of RFC 8414 and OpenID
 * Connect Discovery in the order of MCP 2025-11-25; where no document names one, at the server's
 * own origin, as in 2025-03-26.
 */
final class AuthorizationServerStage implements Stage {

  private static final String NAME = "issuer metadata";
  private static final int MOST = 5;

  @Override
  public List<Step> run(WalkState state) {
    if (state.over || !state.wantsLogin || !state.client.looksForMetadata()) {
      return List.of();
    }
    ProtectedResourceMetadata resource = state.resource;
    if (resource == null && state.hasKey()) {
      return List.of();
    }
    if (resource == null) {
      return List.of(own(state));
    }
    List<Step> steps = new ArrayList<>();
    List<String> issuers = resource.authorizationServers();
    for (String issuer : issuers.subList(0, Math.min(MOST, issuers.size()))) {
      steps.add(ask(state, issuer));
    }
    return steps;
  }

  private static Step own(WalkState state) {
    String origin = state.target.origin().toString();
    Step asked = ask(state, origin);
    return asked.mark() == Step.Mark.GOOD
        ? Step.note(NAME, asked.text() + " (its own, as in revision 2025-03-26: nothing names it)")
        : Step.bad(NAME, "nothing names one, and the server is none itself");
  }

  private static Step ask(WalkState state, String issuer) {
    URI url = Urls.parse(issuer);
    List<URI> candidates = url == null ? List.of() : WellKnown.authorizationServer(url);
    if (candidates.isEmpty()) {
      return Step.bad(NAME, "not a URL: " + issuer);
    }
    List<String> failures = new ArrayList<>();
    for (URI each : candidates) {
      Answer answer = state.calls.document(each);
      AuthorizationServerMetadata document =
          answer.status() == 200 ? AuthorizationServerMetadata.parse(answer.body()) : null;
      if (document != null && document.isUsable()) {
        state.servers.add(document);
        return issuer.equals(document.issuer())
            ? Step.good(NAME, state.shown(each))
            : Step.bad(
                NAME,
                state.shown(each) + ": it calls itself " + document.issuer() + ", not " + issuer);
      }
      if (answer.wasNotAsked()) {
        return Step.bad(NAME, issuer + ": " + answer.inWords());
      }
      String flaw = answer.status() == 200 ? AuthorizationServerMetadata.flaw(answer.body()) : null;
      failures.add(state.shown(each) + ": " + (flaw == null ? answer.inWords() : flaw));
    }
    return Step.bad(NAME, String.join("; ", failures));
  }
}

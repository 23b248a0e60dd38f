package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the scope that the server's challenges named lately where the host asks for none, else
 * for those of the resource metadata (MCP 2025-11-25, Scope Selection Strategy). Reaches the
 * authorization request only where an HTTP client makes it, not a browser. A client without a user
 * gets the challenge's only: what it may have was settled at registration.
 */
final class ScopeOfChallenge implements RequestFix {

  private static final Duration LATELY = Duration.ofMinutes(10);

  private final InstantSource clock;

  ScopeOfChallenge(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String rule() {
    return RuleNames.INSUFFICIENT_SCOPE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    Instant since = clock.instant().minus(LATELY);
    Set<String> named = new LinkedHashSet<>(Scopes.split(server.discovery().scope(since)));
    named.addAll(server.stepUps().since(since));
    if (sending.role() == Role.AUTHORIZE) {
      ProtectedResourceMetadata document = server.resourceMetadata();
      String scope =
          String.join(
              " ", named.isEmpty() && document != null ? document.scopes() : List.copyOf(named));
      return scope.isEmpty() || FormParameters.of(sending.request().url()).first("scope") != null
          ? null
          : Edit.head(
              "asked for the server's scope: " + scope,
              sending
                  .request()
                  .withUrl(
                      FormParameters.of(sending.request().url())
                          .plus("scope", scope)
                          .in(sending.request().url())));
    }
    String scope = String.join(" ", named);
    boolean asks =
        !scope.isEmpty()
            && sending.role() == Role.TOKEN
            && sending.requestBody().isWhole()
            && TokenRequest.of(sending.request(), sending.requestBody()).isOfClientItself()
            && FormParameters.of(sending.requestBody()).first("scope") == null;
    return asks
        ? Edit.body(
            "asked for the server's scope: " + scope,
            sending.request(),
            FormParameters.of(sending.requestBody()).plus("scope", scope).encoded())
        : null;
  }
}

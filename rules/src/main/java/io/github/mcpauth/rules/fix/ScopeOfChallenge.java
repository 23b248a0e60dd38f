package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Users;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.Identity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Tokens;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.EndpointError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the scope that the server's challenges named lately where the host asks for none, else
 * for those of the resource metadata (MCP 2025-11-25, Scope Selection Strategy). Reaches the
 * authorization request only where an HTTP client makes it, not a browser. A client without a user
 * gets the challenge's only: what it may have was settled at registration. Whose login a request
 * begins, nobody can tell: where several users were challenged, nothing is asked for. What the
 * authorization server refuses is not asked for again for {@link #KEPT}.
 */
final class ScopeOfChallenge implements RequestFix {

  static final Duration KEPT = Duration.ofMinutes(30);
  private static final Duration LATELY = Duration.ofMinutes(10);
  private static final int MOST = 256;
  private static final String ACTION = "asked for the server's scope";

  private final InstantSource clock;
  private final Users users;

  /** Until when a scope is not asked for, by server. */
  private final Map<String, Instant> refused = new BoundedMap<>(MOST);

  /** What was asked for, of which server, in requests that have no answer yet. */
  private final Map<Long, String> asked = new BoundedMap<>(MOST);

  ScopeOfChallenge(InstantSource clock, Users users) {
    this.clock = clock;
    this.users = users;
  }

  @Override
  public String rule() {
    return RuleNames.INSUFFICIENT_SCOPE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    boolean authorizes = sending.role() == Role.AUTHORIZE;
    String scope = asksForNone(sending) ? scope(server, authorizes) : "";
    if (scope.isEmpty()) {
      return null;
    }
    Instant since = clock.instant().minus(LATELY);
    Set<@Nullable String> lacking = server.stepUps().tokensSince(since);
    lacking.addAll(server.discovery().scopeNamedTo(since));
    if (users != Users.ONE && !areOfOne(lacking, server.tokens())) {
      return Edit.skip(
          ACTION,
          sending.request(),
          "tokens of several logins lacked scopes, and whose this is only your application knows"
              + " (see mcpauth.users)");
    }
    Instant until = refused.get(key(server, scope));
    if (until != null && clock.instant().isBefore(until)) {
      return Edit.skip(ACTION, sending.request(), "the authorization server refused it");
    }
    asked.put(sending.id(), key(server, scope));
    return authorizes ? inQuery(sending, scope) : inForm(sending, scope);
  }

  /** Whether a request is one that may name a scope, and names none. */
  private static boolean asksForNone(Exchange sending) {
    if (sending.role() == Role.AUTHORIZE) {
      return FormParameters.of(sending.request().url()).first("scope") == null;
    }
    return sending.role() == Role.TOKEN
        && sending.requestBody().isWhole()
        && TokenRequest.of(sending.request(), sending.requestBody()).isOfClientItself()
        && FormParameters.of(sending.requestBody()).first("scope") == null;
  }

  /** Whether tokens, by their digests, are all of one login or user, for all that is known. */
  private static boolean areOfOne(Set<@Nullable String> digests, Tokens tokens) {
    Identity first = null;
    for (String digest : digests) {
      Identity each = new Identity(digest, "");
      if (first != null && !tokens.actForSame(first, each)) {
        return false;
      }
      first = each;
    }
    return true;
  }

  private String scope(McpServer server, boolean orOfMetadata) {
    Instant since = clock.instant().minus(LATELY);
    Set<String> named = new LinkedHashSet<>(Scopes.split(server.discovery().scope(since)));
    named.addAll(server.stepUps().since(since));
    ProtectedResourceMetadata document = server.resourceMetadata();
    return String.join(
        " ", named.isEmpty() && document != null && orOfMetadata ? document.scopes() : named);
  }

  private static Edit inQuery(Exchange sending, String scope) {
    URI url = sending.request().url();
    return Edit.head(
        ACTION + ": " + scope,
        sending.request().withUrl(FormParameters.of(url).plus("scope", scope).in(url)));
  }

  private static Edit inForm(Exchange sending, String scope) {
    return Edit.body(
        ACTION + ": " + scope,
        sending.request(),
        FormParameters.of(sending.requestBody()).plus("scope", scope).encoded());
  }

  @Override
  public void ended(Exchange exchange) {
    String key = asked.remove(exchange.id());
    OAuthError error = key == null ? null : EndpointError.of(exchange);
    if (key != null && error != null && error.code().equals("invalid_scope")) {
      refused.put(key, clock.instant().plus(KEPT));
    }
  }

  private static String key(McpServer server, String scope) {
    return server.url() + ' ' + Digest.of(scope);
  }
}

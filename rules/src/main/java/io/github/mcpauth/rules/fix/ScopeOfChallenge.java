package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.FormField;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the scope that the server's challenge names where the host asks for none (MCP
 * 2025-11-25, Scope Selection Strategy). Reaches the authorization request only where an HTTP
 * client makes it, not a browser.
 */
final class ScopeOfChallenge implements RequestFix {

  @Override
  public String rule() {
    return "insufficient-scope";
  }

  @Override
  public @Nullable Edit edit(Exchange sending, Journey journey, boolean explicit) {
    String scope = journey.discovery().scope();
    if (scope == null || scope.isBlank()) {
      return null;
    }
    String action = "asked for the scope of the challenge";
    if (sending.role() == Role.AUTHORIZE) {
      return Queries.of(sending.request().url(), "scope") != null
          ? null
          : Edit.head(
              action,
              sending.request().withUrl(Queries.with(sending.request().url(), "scope", scope)));
    }
    boolean asks =
        sending.role() == Role.TOKEN
            && sending.requestBody().isWhole()
            && "client_credentials".equals(FormField.of(sending.requestBody(), "grant_type"))
            && FormField.of(sending.requestBody(), "scope") == null;
    return asks
        ? Edit.body(
            action, sending.request(), FormField.with(sending.requestBody(), "scope", scope))
        : null;
  }
}

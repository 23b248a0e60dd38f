package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.OAuthError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a token request that got {@code invalid_client} once more with the other way to present the
 * client's secret (RFC 6749 §2.3.1), to the same endpoint, if the metadata lists it.
 */
final class OtherClientAuth implements Fix {

  @Override
  public String rule() {
    return RuleNames.TOKEN_REQUEST_REJECTED;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.TOKEN && (exchange.status() == 400 || exchange.status() == 401);
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    OAuthError error = needsBody(exchange, server) ? OAuthError.of(exchange.responseBody()) : null;
    if (error == null || !error.code().equals("invalid_client")) {
      return null;
    }
    String other = ClientSecret.other(exchange);
    if (other == null) {
      return null;
    }
    String action = "replayed the token request with " + other;
    AuthorizationServerMetadata metadata = ClientSecret.metadata(exchange, server);
    if (metadata == null) {
      return new Plan.Skip(action, "the authorization server's metadata was not seen");
    }
    // Left out, it is basic alone (RFC 8414 §2).
    List<String> listed = metadata.clientAuthMethods();
    if (!(listed.isEmpty() ? List.of(ClientSecret.BASIC) : listed).contains(other)) {
      return new Plan.Skip(action, "the authorization server does not list it");
    }
    if (!exchange.requestBody().isWhole()) {
      return new Plan.Skip(action, "the request's body cannot be sent again");
    }
    ClientSecret.Moved moved = ClientSecret.to(other, exchange);
    return moved == null
        ? new Plan.Skip(action, "the client's id and secret cannot be read")
        : new Plan.Send(
            action,
            moved.request,
            moved.form.getBytes(StandardCharsets.UTF_8),
            true,
            Continuation.TAKE);
  }
}

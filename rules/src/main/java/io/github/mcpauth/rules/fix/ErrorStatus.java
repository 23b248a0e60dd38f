package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.OAuthError;
import org.jspecify.annotations.Nullable;

/** Gives an OAuth error that came with status 200 the status that it must have (RFC 6749 §5.2). */
final class ErrorStatus implements Fix {

  @Override
  public String rule() {
    return RuleNames.TOKEN_REQUEST_REJECTED;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return exchange.role() == Role.TOKEN && exchange.status() == 200;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    boolean error =
        needsBody(exchange, server)
            && OAuthError.of(exchange.responseBody()) != null
            && !McpMethods.contains(exchange.responseBody(), "\"access_token\"");
    return response == null || !error
        ? null
        : new Plan.Act(
            "presented the OAuth error with status 400",
            new ResponseDecision.Deliver(response.withStatus(400)));
  }
}

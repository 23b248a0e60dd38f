package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;

/**
 * A request is refused that carries a superseded token, or none, although a newer one was issued
 * for that server before the request was sent. The newest token in the request disproves it.
 */
public final class StaleTokenAfterAuth implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.STALE_TOKEN_AFTER_AUTH,
              "The host logged in, and then did not send the new token",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Access Token Usage",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED)
          .followsFrom(RuleNames.CREDENTIAL_MALFORMED, RuleNames.REDIRECT_BROKE_REQUEST);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    AccessToken newest = server.newestToken();
    int status = exchange.status();
    if (newest == null
        || exchange.role() != Role.MCP
        || (status != 401 && status != 403)
        || exchange.id() < newest.exchangeId()
        || newest.isIn(exchange.request().headers().first("Authorization"))) {
      return;
    }
    boolean none = !exchange.request().headers().has("Authorization");
    report.found(
        FindingBuilder.of(INFO, server)
            .message(
                "Exchange "
                    + newest.exchangeId()
                    + " brought a new access token for this server, but the request after it"
                    + (none ? " carried no token" : " carried an older one")
                    + " and was refused with "
                    + status
                    + ".")
            .saw(
                exchange.id(),
                "request.header.authorization",
                none ? "absent" : "another token than the newest",
                "the token of exchange " + newest.exchangeId())
            .step(
                "Host: after a login, build the request anew. When the authorizationErrorHandler of"
                    + " MCP Java SDK 2.0.1 returns true, it sends the request again as built before"
                    + " the login: return false, and call again. 2.1.0 asks its request customizer"
                    + " once more, which must then give the new token")
            .step("Host: ask for the token with each request, not once at start-up")
            .step(
                "Until then, in this JVM: -D"
                    + INFO.fixProperty()
                    + "=on sends the refused request once more, with the newest token")
            .build());
  }
}

package io.github.mcpauth.rules.rule.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Permissions;

/**
 * A request without a credential is refused, although the server took others of the host with one:
 * only some of its requests carry the token. A request that opens a connection says nothing: it may
 * be another client's. A server that took none disproves it; so does any credential in the request.
 * A new token that no request carried yet is stale-token-after-auth's.
 */
public final class TokenLeftOut implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "token-left-out",
              "Some requests carry the token, and this one does not",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Access Token Usage (every HTTP request)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(RuleNames.REDIRECT_BROKE_REQUEST);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean refused =
        exchange.status() == 401
            || (exchange.status() == 403
                && Challenges.in(exchange.responseHeaders()).bearer() != null);
    if (!refused
        || !exchange.isMcp()
        || McpRequest.connects(exchange)
        || (server.newestToken() != null && !server.tokens().isNewestInUse())
        || !server.tokens().accepted().any()
        || Credentials.carriedBy(exchange.request())) {
      return;
    }
    boolean message = McpRequest.isMessage(exchange);
    String method = Permissions.method(exchange);
    String what = exchange.request().method() + (method == null ? "" : " (" + method + ")");
    report.found(
        FindingBuilder.of(INFO, server)
            .subject(what)
            .severity(message ? Severity.ERROR : Severity.WARNING)
            .message(
                "The server refused a "
                    + what
                    + " without an Authorization header with "
                    + exchange.status()
                    + "; it took other requests, which carried a token.")
            .saw(
                exchange.id(),
                "request.header.authorization",
                "absent",
                "the token that other requests carry")
            .step(
                "Your application: send the token with each request: POST, the GET of the event stream, and"
                    + " DELETE; set it where all requests are built, not for calls alone")
            .build());
  }
}

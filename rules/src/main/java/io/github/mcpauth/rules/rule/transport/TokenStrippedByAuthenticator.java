package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;

/**
 * The JDK's Authenticator took the Bearer token away, and failed on a challenge that it cannot
 * answer. A request that carried a token disproves it.
 */
public final class TokenStrippedByAuthenticator implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "token-stripped-by-authenticator",
              "The HTTP client's Authenticator removes the Bearer token",
              Severity.ERROR,
              Actor.HOST,
              "java.net.http: HttpClient.Builder.authenticator (JDK 17)",
              FixSafety.NONE)
          .asked(Phase.FAILED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    String said = failure == null || failure.message() == null ? "" : failure.message();
    boolean authenticator =
        said.contains("WWW-Authenticate header missing")
            || said.contains("too many authentication attempts");
    if (!authenticator || exchange.request().headers().has("Authorization")) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .message(
                "The request left without Authorization, and the client failed with \""
                    + said
                    + "\": it has an Authenticator, which on JDK 17 replaces your application's own header.")
            .saw(
                exchange.id(),
                "request.header.authorization",
                "absent",
                "your application's Bearer token")
            .step(
                "Your application: build the HttpClient without an Authenticator for MCP servers, or run on a"
                    + " newer JDK, which keeps the header")
            .build());
  }
}

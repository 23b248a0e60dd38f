package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The host refreshes again and again, and the server refuses each new token. Fewer than four
 * refreshes in a minute, or a request that succeeds between them, disprove it.
 */
public final class RefreshLoop implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "refresh-loop",
              "Your application refreshes its token over and over, in vain",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 6749 §6; RFC 6750 §3.1",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  private static final int LOOP = 4;

  private final InstantSource clock;

  public RefreshLoop(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    AccessToken newest = server.newestToken();
    if (exchange.status() != 401
        || !exchange.isMcp()
        || newest == null
        || !newest.isIn(exchange.request().headers().first("Authorization"))) {
      return;
    }
    int refreshes = server.tokens().refreshesWithin(Duration.ofMinutes(1), clock.instant());
    if (refreshes < LOOP) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .message(
                refreshes
                    + " refreshes succeeded within a minute, and the server refused the token of each"
                    + " with 401. Another refresh cannot help.")
            .saw(exchange.id(), "response.status", "401", "success with the newest token")
            .step(
                "MCP server: log why it refuses the token: audience, issuer, signature key, clock")
            .step("Your application: stop after a few attempts and ask the user")
            .build());
  }
}

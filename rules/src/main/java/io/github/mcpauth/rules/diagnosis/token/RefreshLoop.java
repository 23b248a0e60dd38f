package io.github.mcpauth.rules.diagnosis.token;

import io.github.mcpauth.rules.diagnosis.Actor;
import io.github.mcpauth.rules.diagnosis.Exchanges;
import io.github.mcpauth.rules.diagnosis.Findings;
import io.github.mcpauth.rules.diagnosis.FixSafety;
import io.github.mcpauth.rules.diagnosis.Report;
import io.github.mcpauth.rules.diagnosis.Rule;
import io.github.mcpauth.rules.diagnosis.RuleInfo;
import io.github.mcpauth.rules.diagnosis.Severity;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
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
          "The host refreshes its token over and over, in vain",
          Severity.ERROR,
          Actor.MCP_SERVER,
          "RFC 6749 §6; RFC 6750 §3.1",
          FixSafety.NONE);

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
  public void completed(Exchange exchange, Journey journey, Report report) {
    AccessToken newest = journey.newestToken();
    if (exchange.status() != 401
        || !Exchanges.isMcp(exchange)
        || newest == null
        || !newest.isIn(exchange.request().headers().first("Authorization"))) {
      return;
    }
    int refreshes = journey.tokens().refreshesWithin(Duration.ofMinutes(1), clock.instant());
    if (refreshes < LOOP) {
      return;
    }
    report.found(
        Findings.of(INFO, journey)
            .message(
                refreshes
                    + " refreshes succeeded within a minute, and the server refused the token of each"
                    + " with 401. Another refresh cannot help.")
            .saw(exchange.id(), "response.status", "401", "success with the newest token")
            .step(
                "MCP server: log why it refuses the token: audience, issuer, signature key, clock")
            .step("Host: stop after a few attempts and ask the user")
            .build());
  }
}

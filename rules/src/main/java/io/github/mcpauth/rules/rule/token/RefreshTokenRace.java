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
import io.github.mcpauth.rules.knowledge.Tokens;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.time.Duration;

/**
 * One refresh token was used twice within a minute, and one of the two was refused: servers rotate
 * refresh tokens and take the second use for theft. Two successes, or uses far apart, disprove it.
 */
public final class RefreshTokenRace implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.REFRESH_TOKEN_RACE,
              "Two requests used the same refresh token",
              Severity.ERROR,
              Actor.HOST,
              "RFC 9700 §4.14.2 (rotation); MCP 2025-11-25, Token Theft",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED);

  private static final Duration CLOSE = Duration.ofSeconds(60);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (exchange.role() != Role.TOKEN || status < 400 || status >= 500 || status == 429) {
      return;
    }
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    OAuthError error = OAuthError.of(exchange.responseBody());
    String digest = request.refreshToken();
    boolean invalid = error == null || error.code().equals("invalid_grant");
    if (digest == null || !request.isRefresh() || !invalid) {
      return;
    }
    Tokens.Use other = server.tokens().others(digest, exchange.id());
    if (other == null
        || Duration.between(other.at(), exchange.sentAt()).abs().compareTo(CLOSE) > 0) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .message(
                "Exchanges "
                    + other.exchangeId()
                    + " and "
                    + exchange.id()
                    + " sent the same refresh token within a minute; this one got "
                    + status
                    + ". The server may now have revoked every token of that login.")
            .saw(
                exchange.id(),
                "request.form.refresh_token",
                "the one of exchange " + other.exchangeId(),
                "used once")
            .step("Your application: let one refresh run at a time, and share its result")
            .step("User: if the login is lost, log in again")
            .step("Authorization server: or grant a grace period for the previous refresh token")
            .fixStep("lets one of identical refreshes through and hands its answer to all")
            .build());
  }
}

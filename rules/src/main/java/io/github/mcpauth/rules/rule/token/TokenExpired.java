package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Finding;
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
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.reading.Exchanges;
import io.github.mcpauth.rules.reading.ServerClock;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The token had expired by the server's clock when it was refused, and the host did not renew it. A
 * refresh or login that follows disproves it, and so does a token that is opaque and of unknown
 * age.
 */
public final class TokenExpired implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.TOKEN_EXPIRED,
              "The access token has expired, and the host keeps using it",
              Severity.ERROR,
              Actor.HOST,
              "RFC 7519 §4.1.4; RFC 6749 §5.1; MCP 2025-11-25, Token Handling",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(
              RuleNames.TOKEN_REQUEST_REJECTED,
              RuleNames.REFRESH_TOKEN_RACE,
              RuleNames.RATE_LIMITED,
              RuleNames.SERVER_ERROR);

  private final InstantSource clock;

  public TokenExpired(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (!Exchanges.isTokenRefused(exchange)) {
      return;
    }
    String token = Exchanges.bearer(exchange);
    String authorization = exchange.request().headers().first("Authorization");
    AccessToken issued = server.tokens().carriedBy(authorization);
    JwtClaims claims = issued == null ? JwtClaims.of(token) : issued.claims();
    Instant now = ServerClock.of(exchange, clock);
    Instant expired = claims == null ? null : claims.expires();
    boolean isExpired =
        expired != null ? !now.isBefore(expired) : issued != null && !issued.isValid(now);
    if (!isExpired) {
      return;
    }
    boolean refreshable = issued != null && issued.refreshToken() != null;
    String when = expired == null ? "by its expires_in" : "at " + expired;
    report.suspect(
        INFO.name(),
        later ->
            later.wentOnAfter(exchange.id())
                ? null
                : finding(exchange, later, when, refreshable, now));
  }

  private static Finding finding(
      Exchange exchange, McpServer server, String when, boolean refreshable, Instant now) {
    return FindingBuilder.of(INFO, server)
        .cause(refreshable ? "refresh-not-attempted" : "expired")
        .message(
            "The token expired "
                + when
                + " (not verified); the server, at "
                + now
                + ", refused it with "
                + exchange.status()
                + ". This agent saw no "
                + (refreshable
                    ? "refresh, although a refresh token was issued."
                    : "new token since."))
        .saw(exchange.id(), "request.header.authorization", "expired " + when, "a valid token")
        .step(
            "Host: renew the token before it expires, or on 401"
                + (refreshable ? ", with the refresh token it has" : ""))
        .step("User: log in again, or replace the configured token")
        .build();
  }
}

package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
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
import io.github.mcpauth.rules.reading.TokenFit;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The server refuses the token that the host presents, and it is the newest there is: what it says
 * of itself is put beside what the server expects. An older token, an expired one, a missing scope
 * and a stale session are other rules'.
 */
public final class RejectedAfterAuth implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "rejected-after-auth",
              "The server refuses the host's newest token",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Access Token Usage: Token Handling; RFC 6750 §3.1; RFC 8707 §2",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(
              RuleNames.CREDENTIAL_MALFORMED,
              RuleNames.REDIRECT_BROKE_REQUEST,
              RuleNames.INSUFFICIENT_SCOPE,
              RuleNames.RESOURCE_MISMATCH,
              RuleNames.TOKEN_EXPIRED);

  private final InstantSource clock;

  public RejectedAfterAuth(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    String token = Exchanges.bearer(exchange);
    if (token == null || token.isEmpty() || !Exchanges.isTokenRefused(exchange)) {
      return;
    }
    AccessToken newest = server.newestToken();
    String authorization = exchange.request().headers().first("Authorization");
    boolean seen = newest != null && newest.isIn(authorization);
    boolean stale = !seen && server.tokens().successor(authorization, false) != null;
    if (stale || (newest != null && !seen && !server.tokens().isNewestInUse())) {
      return; // The rule stale-token-after-auth's.
    }
    JwtClaims claims = JwtClaims.of(token);
    String cause = TokenFit.misfit(claims, server, ServerClock.of(exchange, clock));
    boolean fresh = seen && !server.everConnected();
    if (seen && (fresh || cause != null)) {
      report.found(finding(exchange, server, claims, cause, true));
    } else {
      // A token that worked before may be revoked: a host that logs in again is healthy.
      boolean known = seen;
      report.suspect(
          INFO.name(),
          now ->
              now.wentOnAfter(exchange.id()) ? null : finding(exchange, now, claims, cause, known));
    }
  }

  private static Finding finding(
      Exchange exchange,
      McpServer server,
      @Nullable JwtClaims claims,
      @Nullable String cause,
      boolean seen) {
    AccessToken newest = server.newestToken();
    String why = cause == null ? "unexplained" : cause;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(why)
            .confidence(cause == null ? Confidence.POSSIBLE : Confidence.LIKELY)
            .actor(TokenFit.actor(why))
            .message(
                "The server answered "
                    + exchange.status()
                    + " to "
                    + (seen && newest != null
                        ? "the token that exchange " + newest.exchangeId() + " brought"
                        : "a token whose issue this agent did not see")
                    + (cause == null
                        ? "; nothing in the token tells why"
                        : "; " + TokenFit.inWords(why))
                    + ". The token says (not verified): "
                    + (claims == null ? "nothing, it is opaque" : claims.inWords())
                    + ".")
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    String error = Exchanges.challengeError(exchange);
    if (error != null) {
      finding.saw(exchange.id(), "response.header.www-authenticate", "error=" + error, null);
    }
    if (claims != null) {
      finding.saw(exchange.id(), "token.aud", claims.audience().toString(), server.resource());
    }
    TokenFit.remedy(why).forEach(finding::step);
    return finding.build();
  }
}

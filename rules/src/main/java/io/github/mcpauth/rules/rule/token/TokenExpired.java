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
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.ServerClock;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The token had expired by the server's clock when it was refused, and the host did not renew it. A
 * refresh or login that follows disproves it, and so does a token that is opaque and of unknown
 * age.
 */
public final class TokenExpired implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.TOKEN_EXPIRED,
              "The access token has expired, and your application keeps using it",
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
    boolean refused =
        BearerChallenge.refusesToken(exchange) || BearerChallenge.lacksScope(exchange);
    String token = exchange.bearerToken();
    if (token == null || !refused || !exchange.isMcp()) {
      return;
    }
    String authorization = exchange.request().headers().first("Authorization");
    AccessToken issued = server.tokens().carriedBy(authorization);
    JwtClaims claims = issued == null ? JwtClaims.of(token) : issued.claims();
    Instant now = ServerClock.of(exchange, clock);
    Instant expired = claims == null ? null : claims.expires();
    boolean isExpired =
        expired != null ? !now.isBefore(expired) : issued != null && !issued.isValid(now);
    boolean said = !isExpired && saysSo(exchange);
    boolean superseded = issued != null && issued != server.newestToken();
    if ((!isExpired && !said) || (said && superseded)) {
      return;
    }
    String when =
        said ? "as the server says" : expired == null ? "by its expires_in" : "at " + expired;
    report.suspect(
        INFO.name(),
        later ->
            later.progress().wentOnAfter(exchange.id())
                ? null
                : finding(exchange, later, issued, when, said ? expired : null));
  }

  /** Whether the answer says that the token has expired, and nothing else beside. */
  private static boolean saysSo(Exchange exchange) {
    Wording words =
        BearerChallenge.lacksScope(exchange) ? null : WordTable.of(exchange, Said.of(exchange));
    return words != null && words.cause().equals("expired");
  }

  private static Finding finding(
      Exchange exchange,
      McpServer server,
      @Nullable AccessToken issued,
      String when,
      @Nullable Instant claimed) {
    boolean own = issued != null && issued.refreshToken() != null;
    // Where a refresh brings no new refresh token, the one that was used stays good (RFC 6749 §6).
    boolean kept = issued != null && !own && issued.request().isRefresh();
    boolean bare = issued != null && !own && !kept && !issued.request().isOfClientItself();
    String offline = bare ? OfflineAccess.leftOut(issued, server) : null;
    boolean refreshable = own || kept;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(
                refreshable
                    ? "refresh-not-attempted"
                    : offline != null ? "offline-access-not-asked" : "expired")
            .confidence(when.startsWith("as ") ? Confidence.LIKELY : Confidence.CERTAIN)
            .message(
                "The token has expired "
                    + when
                    + ", and the server refused it with "
                    + exchange.status()
                    + (BearerChallenge.lacksScope(exchange) ? " for its scope" : "")
                    + ". This agent saw no "
                    + (own
                        ? "refresh, although a refresh token was issued."
                        : kept
                            ? "refresh: the last one brought no new refresh token, so the one that"
                                + " it used is still good."
                            : "new token since"
                                + (bare ? ": it came with no refresh token." : ".")))
            .saw(exchange.id(), "request.header.authorization", "expired " + when, "a valid token");
    if (offline != null) {
      finding.step("Your application: " + offline + "; without it, no refresh token is issued");
    }
    finding.step(
        "Your application: "
            + (issued == null || refreshable
                ? "renew the token before it expires, or on 401"
                : issued.request().isCodeExchange()
                    ? "start a new login when the token expires, or on 401: it came without a"
                        + " refresh token"
                    : "ask for a new token when it expires, or on 401: it came without a refresh"
                        + " token")
            + (own ? ", with the refresh token it has" : "")
            + (kept ? ", and keep the refresh token when an answer brings no new one" : ""));
    if (claimed != null) {
      finding.step(
          "Network: set the clocks (NTP): by its own exp, the token is valid until " + claimed);
    }
    return finding.step("User: log in again, or replace the configured token").build();
  }
}

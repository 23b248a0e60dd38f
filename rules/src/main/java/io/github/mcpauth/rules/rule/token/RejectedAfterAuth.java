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
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.GrantedScopes;
import io.github.mcpauth.rules.reading.Misfit;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.SchemeSpelling;
import io.github.mcpauth.rules.reading.ServerClock;
import io.github.mcpauth.rules.reading.TokenFit;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server refuses the token that the host presents, and it is the newest there is: what it says
 * of itself is put beside what the server expects. An older token, an expired one, a missing scope
 * and a stale session are other rules'.
 */
public final class RejectedAfterAuth implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.REJECTED_AFTER_AUTH,
              "The server refuses a request that carries your application's newest token",
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

  private static final Set<String> GUESSED =
      Set.of("unexplained", GrantedScopes.FEWER, NotAskedFor.CAUSE);

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
    String authorization = exchange.request().headers().first("Authorization");
    String token = exchange.bearerToken();
    Misfit spelling =
        BearerChallenge.refusesToken(exchange) ? SchemeSpelling.of(exchange, server) : null;
    boolean none = token == null || token.isEmpty();
    if ((none && spelling == null)
        || !BearerChallenge.refusesToken(exchange)
        || RefusedToken.isNotAtFault(exchange)
        || Permissions.isOfMethod(exchange, server)) {
      return;
    }
    AccessToken newest = server.newestToken();
    boolean seen = newest != null && newest.isIn(authorization);
    boolean stale = !seen && server.tokens().successor(authorization, exchange, false) != null;
    boolean other = newest != null && !seen && !server.tokens().isNewestInUse();
    if ((stale || other) && spelling == null) {
      return; // The rule stale-token-after-auth's.
    }
    JwtClaims claims = JwtClaims.of(token);
    if (isOfMismatchedIssuer(claims, server)) {
      return; // The rule issuer-mismatch's.
    }
    Misfit fit = TokenFit.misfit(claims, server, ServerClock.of(exchange, clock));
    Misfit why = spelling == null ? fit : spelling;
    boolean fresh = seen && !server.progress().everConnected();
    if ((seen && (fresh || why != null)) || spelling != null) {
      report.found(finding(exchange, server, claims, why, seen));
    } else {
      // A token that worked before may be revoked: a host that logs in again is healthy.
      boolean known = seen;
      report.suspect(
          INFO.name(),
          now -> {
            boolean taken =
                now.progress().wentOnAfter(exchange.id())
                    || now.tokens().accepted().another("", authorization, exchange.id());
            return taken ? null : finding(exchange, now, claims, why, known);
          });
    }
  }

  /** The issuer that its metadata states, which is not the one that the MCP server names. */
  private static boolean isOfMismatchedIssuer(@Nullable JwtClaims claims, McpServer server) {
    var found = server.discovery().server();
    ProtectedResourceMetadata document = server.resourceMetadata();
    String own = found == null ? null : found.document().issuer();
    return claims != null
        && own != null
        && own.equals(claims.issuer())
        && document != null
        && !document.authorizationServers().isEmpty()
        && document.authorizationServers().stream().noneMatch(named -> isSame(named, own));
  }

  private static boolean isSame(String issuer, String other) {
    return issuer.equals(other) || issuer.equals(other + "/") || other.equals(issuer + "/");
  }

  private static Finding finding(
      Exchange exchange,
      McpServer server,
      @Nullable JwtClaims claims,
      @Nullable Misfit fit,
      boolean seen) {
    AccessToken newest = seen ? server.newestToken() : null;
    Misfit why = fit == null ? RefusedToken.why(exchange, server, newest, claims) : fit;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .quote(Said.of(exchange).quote())
            .cause(why.cause())
            .confidence(GUESSED.contains(why.cause()) ? Confidence.POSSIBLE : Confidence.LIKELY)
            .actor(why.actor())
            .message(
                "The server answered "
                    + exchange.status()
                    + " to "
                    + (newest == null
                        ? "a token whose issue this agent did not see"
                        : "the token that exchange " + newest.exchangeId() + " brought")
                    + "; "
                    + why.inWords()
                    + ". The token says (not verified): "
                    + (claims == null ? "nothing, it is opaque" : claims.inWords())
                    + ".")
            .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "success");
    String error = BearerChallenge.error(exchange);
    if (error != null) {
      finding.saw(exchange.id(), "response.header.www-authenticate", "error=" + error, null);
    }
    if (claims != null) {
      finding.saw(exchange.id(), "token.aud", claims.audience().toString(), server.resource());
    }
    why.remedy().forEach(finding::step);
    return finding.build();
  }
}

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
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.Misfit;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.SchemeSpelling;
import io.github.mcpauth.rules.reading.ServerClock;
import io.github.mcpauth.rules.reading.TokenFit;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.InstantSource;
import java.util.List;
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
              "The server refuses your application's newest token",
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
    String authorization = exchange.request().headers().first("Authorization");
    String token = exchange.bearerToken();
    Misfit spelling =
        BearerChallenge.refusesToken(exchange) ? SchemeSpelling.of(exchange, server) : null;
    boolean none = token == null || token.isEmpty();
    if ((none && spelling == null)
        || !BearerChallenge.refusesToken(exchange)
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

  private static Finding finding(
      Exchange exchange,
      McpServer server,
      @Nullable JwtClaims claims,
      @Nullable Misfit fit,
      boolean seen) {
    AccessToken newest = seen ? server.newestToken() : null;
    Misfit why = fit == null ? explained(exchange, server, newest, claims) : fit;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(why.cause())
            .confidence(why.cause().equals("unexplained") ? Confidence.POSSIBLE : Confidence.LIKELY)
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

  /** The issuer or audience of a token where it is what the metadata names, else null. */
  private static @Nullable String asPublished(
      String cause, @Nullable JwtClaims claims, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    if (claims == null || document == null) {
      return null;
    }
    String issuer = claims.issuer();
    String resource = document.resource();
    return switch (cause) {
      case "issuer" ->
          issuer != null && document.authorizationServers().contains(issuer) ? issuer : null;
      case "audience" -> resource != null && claims.audience().contains(resource) ? resource : null;
      default -> null;
    };
  }

  /** The scheme that the server asks for where it does not take Bearer tokens, or null. */
  private static @Nullable String otherScheme(Exchange exchange) {
    Challenges challenges = Challenges.in(exchange.responseHeaders());
    return challenges.all().isEmpty() || challenges.bearer() != null
        ? null
        : challenges.all().get(0).scheme();
  }

  /** Why a token is refused in which nothing is seen to be wrong. */
  private static Misfit explained(
      Exchange exchange,
      McpServer server,
      @Nullable AccessToken newest,
      @Nullable JwtClaims claims) {
    boolean worked = newest != null && newest == server.tokens().accepted().token();
    if (newest != null && worked && newest.refreshToken() != null && exchange.status() == 401) {
      return new Misfit(
          "refresh-not-attempted",
          Actor.HOST,
          "it worked before, and came with a refresh token that this agent did not see used",
          List.of(
              "Your application: on 401, refresh the token with the refresh token, once, and send the new one",
              "User: if that is refused, log in again"));
    }
    Wording words = WordTable.of(exchange, Said.of(exchange));
    String own = words == null ? null : asPublished(words.cause(), claims, server);
    if (words != null && own != null) {
      return new Misfit(
          words.cause(),
          Actor.MCP_SERVER,
          "it refuses the " + words.cause() + ", which is " + own + " as its own metadata has it",
          List.of(
              "MCP server: configure the "
                  + words.cause()
                  + " that it accepts as "
                  + own
                  + ", to the letter, or correct its protected resource metadata"));
    }
    if (words != null) {
      return new Misfit(
          words.cause(),
          words.actor(),
          "what it says means: " + words.cause().replace('-', ' '),
          List.of(
              words.actor().inWords() + ": " + words.step(),
              "User: if the token is configured by hand, check that it is for this server"));
    }
    String scheme = otherScheme(exchange);
    if (scheme != null) {
      return new Misfit(
          "other-scheme",
          Actor.HOST,
          "it was sent as a Bearer token, and the server asks for the scheme " + scheme,
          List.of(
              "Your application: present the credential in the scheme "
                  + scheme
                  + (scheme.equalsIgnoreCase("DPoP")
                      ? ": a token bound to a key, with a proof for each request (RFC 9449)"
                      : ", not as a Bearer token"),
              "MCP server: or offer Bearer in WWW-Authenticate as well"));
    }
    if (newest != null && newest.defect() != null && newest.defect().cause().equals("expires-in")) {
      return new Misfit(
          "expires-in",
          Actor.AUTHORIZATION_SERVER,
          "the answer that brought it says expires_in " + newest.defect().observed(),
          List.of(
              "Authorization server: answer with expires_in as " + newest.defect().expected(),
              "MCP server: log why it refuses the token"));
    }
    if (newest == null && exchange.status() == 401) {
      return new Misfit(
          "unexplained",
          Actor.USER,
          "nothing in the token tells why: it may be over, revoked, or for another server",
          List.of(
              "User: log in again, or configure a new token for this server",
              "MCP server: say why in WWW-Authenticate: Bearer error=\"invalid_token\","
                  + " error_description=\"…\", and log it"));
    }
    return new Misfit(
        "unexplained",
        Actor.MCP_SERVER,
        worked ? "it worked before" : "nothing in the token tells why",
        List.of(
            "MCP server: log why it refuses the token: audience, issuer, signature key, revocation",
            "MCP server: say so in WWW-Authenticate: Bearer error=\"invalid_token\","
                + " error_description=\"…\"",
            "User: if the token is configured by hand, check that it is for this server"));
  }
}

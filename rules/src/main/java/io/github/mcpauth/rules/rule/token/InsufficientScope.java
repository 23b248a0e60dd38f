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
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.reading.BearerChallenge;
import io.github.mcpauth.rules.reading.NamedScope;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.ServerClock;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server asks for more scopes than the token has, and the host does not come through with them:
 * it does not step up, or goes round in a loop. A step-up that succeeds disproves it.
 */
public final class InsufficientScope implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.INSUFFICIENT_SCOPE,
              "The token lacks a permission that the server asks for",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Scope Challenge Handling, Step-Up Authorization Flow; RFC 6750 §3.1",
              FixSafety.CHANGES_REQUESTS)
          .asked(Phase.LEARNED);

  private static final int MANY = 3;

  private final InstantSource clock;

  public InsufficientScope(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    boolean refused = exchange.status() == 403 || exchange.status() == 401;
    if (!refused || !exchange.isMcp()) {
      return;
    }
    if (BearerChallenge.wantsStrongerLogin(exchange)) {
      report.suspect(
          INFO.name(),
          now -> now.progress().wentOnAfter(exchange.id()) ? null : stronger(exchange, now));
      return;
    }
    JwtClaims own = JwtClaims.of(exchange.bearerToken());
    boolean expired = own != null && own.isExpired(ServerClock.of(exchange, clock));
    if (expired || !BearerChallenge.lacksScope(exchange)) {
      return; // A token that has expired is renewed first: token-expired.
    }
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    List<String> listed = Scopes.split(bearer == null ? null : bearer.parameter("scope"));
    List<String> asked = listed.isEmpty() ? NamedScope.in(Said.of(exchange)) : listed;
    String authorization = exchange.request().headers().first("Authorization");
    AccessToken carried = server.tokens().carriedBy(authorization);
    Set<String> granted = new LinkedHashSet<>(granted(exchange, carried));
    String cause = cause(server, asked, granted, carried);
    if (cause != null) {
      report.found(finding(exchange, server, asked, granted, cause));
    } else {
      report.suspect(
          INFO.name(),
          now ->
              now.progress().wentOnAfter(exchange.id())
                  ? null
                  : finding(exchange, now, asked, granted, "not-stepped-up"));
    }
  }

  private static List<String> granted(Exchange exchange, @Nullable AccessToken carried) {
    if (carried != null && !carried.scopes().isEmpty()) {
      return carried.scopes();
    }
    JwtClaims claims = JwtClaims.of(exchange.bearerToken());
    return claims == null ? List.of() : claims.scopes();
  }

  private static @Nullable String cause(
      McpServer server, List<String> asked, Set<String> granted, @Nullable AccessToken carried) {
    if (asked.isEmpty()) {
      return null;
    }
    if (granted.containsAll(asked)) {
      return "already-granted";
    }
    if (granted.size() == 1 && parted(granted).containsAll(asked)) {
      return "comma-separated";
    }
    int times = server.stepUps().times(asked);
    if (times >= 2 && server.stepUps().alternates()) {
      return "scope-loop";
    }
    if (times >= 2 && carried != null && carried.request().isRefresh()) {
      return "refreshed-instead";
    }
    return times >= MANY ? "scope-loop" : null;
  }

  /** Scopes that were joined by commas, which only blanks part (RFC 6749 §3.3). */
  private static List<String> parted(Set<String> granted) {
    return List.of(String.join(",", granted).split(",", -1));
  }

  /** The server asks for another kind of login, e.g. with a second factor (RFC 9470 §3). */
  private static Finding stronger(Exchange exchange, McpServer server) {
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    String kinds = bearer == null ? null : bearer.parameter("acr_values");
    String age = bearer == null ? null : bearer.parameter("max_age");
    String wants =
        (kinds == null ? "" : "acr_values=" + kinds)
            + (kinds == null || age == null ? "" : " ")
            + (age == null ? "" : "max_age=" + age);
    return FindingBuilder.of(INFO, server)
        .cause("stronger-login")
        .message(
            "The server answered "
                + exchange.status()
                + " insufficient_user_authentication: the token is good, but the login behind it is"
                + " not strong or fresh enough. It asks for "
                + (wants.isEmpty() ? "another authentication level" : wants)
                + ". This agent saw no new login.")
        .saw(
            exchange.id(),
            "response.header.www-authenticate",
            "error=insufficient_user_authentication",
            "a login with " + (wants.isEmpty() ? "what it asks for" : wants))
        .step(
            "Your application: start a new login with "
                + (wants.isEmpty() ? "the acr_values and max_age of the challenge" : wants)
                + " in the authorization request (RFC 9470 §4); a refresh does not help")
        .step("User: log in again, with the second factor")
        .build();
  }

  private static Finding finding(
      Exchange exchange, McpServer server, List<String> asked, Set<String> granted, String cause) {
    boolean named = "insufficient_scope".equals(BearerChallenge.error(exchange));
    String has = granted.isEmpty() ? "unknown" : String.join(" ", granted);
    String wants = asked.isEmpty() ? "not named" : String.join(" ", asked);
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    boolean inWords = bearer == null || bearer.parameter("scope") == null;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .confidence(inWords && !asked.isEmpty() ? Confidence.LIKELY : Confidence.CERTAIN)
            .message(
                "The server answered "
                    + exchange.status()
                    + (named ? " insufficient_scope" : ", and its challenge names a scope")
                    + ". Asked for: "
                    + wants
                    + "; the token has: "
                    + has
                    + ". "
                    + inWords(cause))
            .saw(
                exchange.id(),
                "response.header.www-authenticate",
                "scope=" + wants,
                cause.equals("already-granted")
                    ? "a scope that was not granted yet"
                    : "scope=" + has);
    if (cause.equals("comma-separated")) {
      finding
          .actor(Actor.AUTHORIZATION_SERVER)
          .step(
              "Authorization server: join scopes with blanks, not commas: scope=\""
                  + String.join(" ", parted(granted))
                  + "\" (RFC 6749 §3.3)")
          .step("MCP server: or let it part the scopes of such tokens at commas");
    } else if (cause.equals("already-granted")) {
      finding
          .actor(Actor.MCP_SERVER)
          .step(
              "MCP server: it asks for a scope that the token has; check how it reads scopes"
                  + " (scope or scp, text or array)");
    } else {
      String union = Scopes.union(granted, asked);
      finding
          .step("Your application: ask the user for everything together: scope=" + union)
          .step("Your application: stop after a few attempts for the same operation");
      if (cause.equals("refreshed-instead")) {
        finding.step("User: log out and in again, so that you are asked for consent");
      }
      if (named) {
        finding.fixStep("shows your application a challenge with the union of scopes");
      } else {
        finding.step(
            "MCP server: say error=\"insufficient_scope\" where a scope is missing (RFC 6750 §3.1);"
                + " its answer names "
                + (BearerChallenge.error(exchange) == null
                    ? "no error"
                    : BearerChallenge.error(exchange)));
      }
    }
    return finding.build();
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "already-granted" -> "It asks for what was granted already: another login cannot help.";
      case "comma-separated" ->
          "The token has it in a list with commas, which is one scope to everybody else.";
      case "scope-loop" ->
          "It goes in circles: each new token has only the scopes that were asked for last.";
      case "refreshed-instead" ->
          "Your application refreshed its token; a refresh cannot widen what was granted.";
      default -> "This agent saw no new login.";
    };
  }
}

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
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.reading.Exchanges;
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

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    boolean refused = exchange.status() == 403 || exchange.status() == 401;
    if (!refused || !Exchanges.isMcp(exchange) || !Exchanges.lacksScope(exchange)) {
      return;
    }
    Challenge bearer = Exchanges.challenges(exchange).bearer();
    List<String> asked = Scopes.split(bearer == null ? null : bearer.parameter("scope"));
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
              now.wentOnAfter(exchange.id())
                  ? null
                  : finding(exchange, now, asked, granted, "not-stepped-up"));
    }
  }

  private static List<String> granted(Exchange exchange, @Nullable AccessToken carried) {
    if (carried != null && !carried.scopes().isEmpty()) {
      return carried.scopes();
    }
    JwtClaims claims = JwtClaims.of(Exchanges.bearer(exchange));
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
    int times = server.stepUps().times(asked);
    if (times >= 2 && server.stepUps().alternates()) {
      return "scope-loop";
    }
    if (times >= 2 && carried != null && carried.request().isRefresh()) {
      return "refreshed-instead";
    }
    return times >= MANY ? "scope-loop" : null;
  }

  private static Finding finding(
      Exchange exchange, McpServer server, List<String> asked, Set<String> granted, String cause) {
    String has = granted.isEmpty() ? "unknown" : String.join(" ", granted);
    String wants = asked.isEmpty() ? "not named" : String.join(" ", asked);
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .message(
                "The server answered "
                    + exchange.status()
                    + " insufficient_scope. Asked for: "
                    + wants
                    + "; the token has: "
                    + has
                    + ". "
                    + inWords(cause))
            .saw(
                exchange.id(),
                "response.header.www-authenticate",
                "scope=" + wants,
                "scope=" + has);
    if (cause.equals("already-granted")) {
      finding
          .actor(Actor.MCP_SERVER)
          .step(
              "MCP server: it asks for a scope that the token has; check how it reads scopes"
                  + " (scope or scp, text or array)");
    } else {
      String union = Scopes.union(granted, asked);
      finding
          .step("Host: ask the user for everything together: scope=" + union)
          .step("Host: stop after a few attempts for the same operation");
      if (cause.equals("refreshed-instead")) {
        finding.step("User: log out and in again, so that you are asked for consent");
      }
      finding.fixStep("shows the host a challenge with the union of scopes");
    }
    return finding.build();
  }

  private static String inWords(String cause) {
    return switch (cause) {
      case "already-granted" -> "It asks for what was granted already: another login cannot help.";
      case "scope-loop" ->
          "It goes in circles: each new token has only the scopes that were asked for last.";
      case "refreshed-instead" ->
          "The host refreshed its token; a refresh cannot widen what was granted.";
      default -> "This agent saw no new login.";
    };
  }
}

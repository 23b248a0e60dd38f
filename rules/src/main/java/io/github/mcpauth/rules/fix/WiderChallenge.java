package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.StepUps;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.reading.BearerChallenge;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the challenge of {@code insufficient_scope} ask for everything together: what the token has,
 * what it lacked before, and what is missing now (MCP 2026-07-28, Step-Up Authorization Flow). A
 * host that did not log in after the 403 sees a 401 the next time; not before, since a 401 makes
 * those that know the 403 refresh their token, which cannot widen it. A loop is broken off: the
 * challenge is taken away.
 */
final class WiderChallenge implements Fix {

  private static final int MOST_TOKENS = 3;
  private static final Duration LATELY = Duration.ofMinutes(10);

  @Override
  public String rule() {
    return RuleNames.INSUFFICIENT_SCOPE;
  }

  @Override
  public boolean needsBody(Exchange exchange, McpServer server) {
    return false;
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit) {
    ResponseHead response = exchange.response();
    boolean refused = exchange.status() == 403 || exchange.status() == 401;
    if (response == null
        || !refused
        || exchange.role() != Role.MCP
        || !"insufficient_scope".equals(BearerChallenge.error(exchange))) {
      return null;
    }
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    Set<String> asked =
        new LinkedHashSet<>(Scopes.split(bearer == null ? null : bearer.parameter("scope")));
    StepUps stepUps = server.stepUps();
    String token = Digest.of(exchange.bearerToken());
    Instant since = exchange.sentAt().minus(LATELY);
    if (stepUps.otherTokens(asked, token, since) + 1 >= MOST_TOKENS) {
      return new Plan.Act(
          "broke the loop off: took the challenge away, since "
              + MOST_TOKENS
              + " tokens in turn lacked the same scope",
          new ResponseDecision.Deliver(
              response
                  .withStatus(403)
                  .withHeaders(response.headers().without("WWW-Authenticate"))));
    }
    // What other logins have, or were asked for, is no business of this one's.
    AccessToken carried =
        server.tokens().carriedBy(exchange.request().headers().first("Authorization"));
    Set<String> all = new LinkedHashSet<>(carried == null ? List.of() : carried.scopes());
    all.addAll(stepUps.askedOf(token, since));
    all.addAll(asked);
    long before = stepUps.refused(asked, token, exchange.sentAt());
    boolean ignored = before > 0 && !server.progress().soughtLoginAfter(before);
    int status = ignored ? 401 : exchange.status();
    if (status == exchange.status() && all.equals(asked)) {
      return null;
    }
    String scope = String.join(" ", all);
    Headers headers = ChallengeHeader.withParameter(response.headers(), "scope", scope);
    return new Plan.Act(
        "asked for the scopes together, with " + status + ": " + scope,
        new ResponseDecision.Deliver(response.withStatus(status).withHeaders(headers)));
  }
}

package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.reading.GrantedScopes;
import io.github.mcpauth.rules.reading.ServerClock;
import io.github.mcpauth.rules.reading.SessionRefusal;
import io.github.mcpauth.rules.reading.TokenFit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session that was opened with another token is refused although the new token is the newest: the
 * server ties sessions to tokens, and the host kept the session over the login. The same token as
 * when the session was opened disproves it; so does a token that does not fit the server.
 */
public final class StaleSessionAfterAuth implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.STALE_SESSION_AFTER_AUTH,
              "After the login, your application goes on with a session from before it",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Session Management (404 ends a session)",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED);

  private final InstantSource clock;

  public StaleSessionAfterAuth(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    McpSession session = SessionRefusal.of(exchange) ? opened(exchange, server) : null;
    String token = exchange.bearerToken();
    if (session == null || token == null || Objects.equals(Digest.of(token), session.token())) {
      return;
    }
    boolean said = SessionRefusal.says(exchange);
    int status = exchange.status();
    if (status == 404 || (!said && status != 401 && status != 403)) {
      return; // 404 is how a session ends; the host's turn.
    }
    Instant now = ServerClock.of(exchange, clock);
    if (!said && TokenFit.misfit(JwtClaims.of(token), server, now) != null) {
      return;
    }
    if (!said && (!isNewest(exchange, server) || worked(exchange, server))) {
      return; // A token that the server took before has expired since, or was revoked.
    }
    AccessToken newest = server.newestToken();
    if (!said && newest != null && GrantedScopes.lost(newest, server) != null) {
      return; // It is the token that does not do.
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .confidence(said ? Confidence.CERTAIN : Confidence.LIKELY)
            .message(
                "The server answered "
                    + status
                    + " to a request with a new token in the session that exchange "
                    + session.exchangeId()
                    + " opened with another one"
                    + (said ? "; it says that the session is at fault." : "."))
            .saw(
                exchange.id(),
                "response.status",
                String.valueOf(status),
                "404, so that your application starts a new session")
            .saw(session.exchangeId(), "request.header.authorization", "another token", null)
            .step(
                "MCP server: answer 404 for a session that it will not continue, or accept any valid"
                    + " token of the same user in it")
            .step("Your application: start a new session (initialize) after each login")
            .fixStep("carries the call over to a new session")
            .build());
  }

  private static @Nullable McpSession opened(Exchange exchange, McpServer server) {
    return server.sessions().with(exchange.sessionId());
  }

  private static boolean worked(Exchange exchange, McpServer server) {
    String authorization = exchange.request().headers().first("Authorization");
    return server.tokens().accepted().isOf(authorization);
  }

  private static boolean isNewest(Exchange exchange, McpServer server) {
    AccessToken newest = server.newestToken();
    return newest != null && newest.isIn(exchange.request().headers().first("Authorization"));
  }
}

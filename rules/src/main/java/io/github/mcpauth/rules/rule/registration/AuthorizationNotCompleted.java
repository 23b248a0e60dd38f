package io.github.mcpauth.rules.rule.registration;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Discovery went well and no token was asked for: the login in the browser did not come back, or
 * the token was fetched where this agent does not look. Inferred, since browsers are not seen; a
 * token request disproves it.
 */
public final class AuthorizationNotCompleted implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "authorization-not-completed",
              "A login was prepared, but no token was asked for",
              Severity.NOTE,
              Actor.USER,
              "RFC 6749 §4.1; RFC 8252 §7.3 (loopback redirects)",
              FixSafety.NONE)
          .asked(Phase.LEARNED)
          .with(Trait.FOLLOWS_FROM_ANY);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    boolean prepared =
        (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA
                && server.discovery().server() != null)
            || (exchange.role() == Role.REGISTRATION && exchange.status() == 201);
    if (prepared && !server.tokens().everRequested()) {
      report.suspect(INFO.name(), PATIENCE, now -> judge(exchange, now));
    }
  }

  private static @Nullable Finding judge(Exchange exchange, McpServer server) {
    if (server.tokens().everRequested() || server.progress().waitingSince() == null) {
      return null;
    }
    return FindingBuilder.of(INFO, server)
        .confidence(Confidence.POSSIBLE)
        .detail("mcpauth.inferred", true)
        .message(
            "The authorization server's metadata was read, and no token request followed that this"
                + " agent saw. The browser's part cannot be seen from here.")
        .saw(exchange.id(), "exchange.role", exchange.role().label(), "a token request")
        .step(
            "User: finish the login in the browser; if it shows an error (redirect_uri mismatch,"
                + " HTTP 431 on localhost), read it there. For 431, clear the cookies of localhost or"
                + " use 127.0.0.1")
        .step(
            "Your application: check that the redirect URI is the registered one, and its listener reachable")
        .build();
  }
}

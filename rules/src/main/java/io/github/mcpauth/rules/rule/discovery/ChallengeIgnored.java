package io.github.mcpauth.rules.rule.discovery;

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
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.McpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The server says where to log in, the host repeats the same request without a token and looks
 * nothing up. Any OAuth leg that is seen disproves it; one over another HTTP client cannot be seen.
 */
public final class ChallengeIgnored implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "challenge-ignored",
              "The server asks for a login, and your application does not start one",
              Severity.WARNING,
              Actor.HOST,
              "MCP 2025-11-25, Authorization: Protected Resource Metadata Discovery",
              FixSafety.NONE)
          .asked(Phase.LEARNED)
          .with(Trait.FOLLOWS_FROM_ANY);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void learned(Exchange exchange, McpServer server, Report report) {
    String hint = Challenges.in(exchange.responseHeaders()).resourceMetadata();
    if (exchange.status() == 401
        && hint != null
        && McpRequest.isMessage(exchange)
        && !Credentials.carriedBy(exchange.request())
        && server.challenges() >= 2) {
      report.suspect(INFO.name(), now -> judge(exchange, hint, now));
    }
  }

  private static @Nullable Finding judge(Exchange exchange, String hint, McpServer server) {
    if (server.waitingSince() == null || server.challenges() < 2) {
      return null;
    }
    return FindingBuilder.of(INFO, server)
        .confidence(Confidence.POSSIBLE)
        .message(
            "The server answered 401 and named its metadata ("
                + hint
                + "), but "
                + server.challenges()
                + " requests in a row came without a token, and this agent saw no request for the"
                + " metadata. A login over another HTTP client, or in a browser, would not be seen.")
        .saw(exchange.id(), "response.header.www-authenticate", "resource_metadata=" + hint, null)
        .step(
            "Your application: handle the 401: MCP SDKs for the JVM start no OAuth by themselves; register an"
                + " authorizationErrorHandler (MCP Java SDK) or use a client with OAuth support")
        .step("User: or configure a token for this server")
        .build();
  }
}

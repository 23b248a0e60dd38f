package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.WellKnown;

/**
 * The WWW-Authenticate header of a 401 cannot be read. A readable Bearer challenge in any of its
 * lines disproves it.
 */
public final class MalformedChallenge implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.MALFORMED_CHALLENGE,
              "The server's WWW-Authenticate header cannot be read",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9110 §11.3, §11.6.1; RFC 6750 §3",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    if (!refused || !exchange.isMcp()) {
      return;
    }
    Challenges challenges = Challenges.in(exchange.responseHeaders());
    if (!challenges.malformed() || challenges.resourceMetadata() != null) {
      return;
    }
    String observed = String.join(", ", exchange.responseHeaders().all("WWW-Authenticate"));
    report.found(
        FindingBuilder.of(INFO, server)
            .message(
                "The server's "
                    + exchange.status()
                    + " has a WWW-Authenticate header that is not well-formed: "
                    + (observed.length() > 300 ? observed.substring(0, 300) + "…" : observed))
            .saw(
                exchange.id(),
                "response.header.www-authenticate",
                "malformed",
                "Bearer resource_metadata=\"…\"")
            .step(
                "MCP server: write it as Bearer name=\"value\", name=\"value\", e.g. Bearer"
                    + " resource_metadata=\""
                    + WellKnown.protectedResource(server.endpoint()).get(0)
                    + "\"; quote values that hold blanks, commas, equals signs or slashes")
            .build());
  }
}

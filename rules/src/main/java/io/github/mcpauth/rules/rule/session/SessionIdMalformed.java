package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;

/** A server names a session with characters that an id must not have. */
public final class SessionIdMalformed implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "session-id-malformed",
              "The server's session id has characters that it must not have",
              Severity.WARNING,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Session Management",
              FixSafety.NONE)
          .asked(Phase.ANSWERED)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    ResponseHead response = exchange.response();
    String id = response == null ? null : response.headers().first("Mcp-Session-Id");
    if (exchange.role() == Role.MCP
        && id != null
        && !id.chars().allMatch(c -> c > ' ' && c < 127)) {
      report.found(
          FindingBuilder.of(INFO, server)
              .message("The server's session id has characters other than visible ASCII.")
              .saw(exchange.id(), "response.headers.mcp-session-id", "other", "visible ASCII")
              .step("MCP server: make ids of letters and digits, a UUID for one")
              .build());
    }
  }
}

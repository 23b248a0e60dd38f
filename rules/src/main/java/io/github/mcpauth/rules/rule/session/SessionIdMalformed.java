package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.McpRequest;

/** The session id that a server assigns has characters that a header field may lose on its way. */
public final class SessionIdMalformed implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "session-id-malformed",
              "The session id has characters that the specification does not allow",
              Severity.WARNING,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports, Session Management; RFC 9110 §5.5",
              FixSafety.NONE)
          .asked(Phase.ANSWERED)
          .with(Trait.SEES_PLAIN_EXCHANGES, Trait.INDEPENDENT);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    String id = exchange.responseHeaders().first("Mcp-Session-Id");
    if (id == null || exchange.status() != 200 || !McpRequest.connects(exchange)) {
      return;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c < '!' || c > '~') {
        String character = String.format("U+%04X", (int) c);
        report.found(
            FindingBuilder.of(INFO, server)
                .message("The session id that the server assigned has the character " + character)
                .saw(
                    exchange.id(),
                    "response.header.mcp-session-id",
                    character + " at position " + (i + 1),
                    "visible ASCII, U+0021 to U+007E")
                .step("MCP server: assign ids of letters and digits, such as a UUID")
                .build());
        return;
      }
    }
  }
}

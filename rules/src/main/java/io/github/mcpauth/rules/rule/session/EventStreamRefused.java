package io.github.mcpauth.rules.rule.session;

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
import io.github.mcpauth.rules.reading.Exchanges;

/**
 * The optional GET stream is refused with something else than 405, while calls work: some hosts
 * take that for a failed server. 405 is normal, and a session that is over is another rule's.
 */
public final class EventStreamRefused implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "event-stream-refused",
              "The server refuses the optional event stream with the wrong status",
              Severity.NOTE,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Listening for Messages from the Server (405)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED)
          .followsFrom(RuleNames.SESSION_LOST, RuleNames.STALE_SESSION_AFTER_AUTH);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (!Exchanges.isStream(exchange)
        || status < 400
        || status == 405
        || status == 429
        || status >= 502
        || !server.everConnected()) {
      return;
    }
    report.suspect(
        INFO.name(), now -> now.connectedBy() > exchange.id() ? finding(exchange, now) : null);
  }

  private static Finding finding(Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .message(
            "The GET for the event stream got "
                + exchange.status()
                + ", while calls before and after it worked. A server without such a stream answers"
                + " 405.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "405 or a stream")
        .step("MCP server: answer 405 to GET if it offers no stream")
        .build();
  }
}

package io.github.mcpauth.rules.rule.discovery;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Refusal;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;

/**
 * The server's protection against DNS rebinding refused the Host or Origin header. An answer that
 * does not speak of either disproves it.
 */
public final class HostOrOriginRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "host-or-origin-rejected",
              "The server does not accept the name that it is called by",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Security Warning (Origin); RFC 9110 §7.4 (421)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (!exchange.isMcp() || (status != 403 && status != 421 && status != 400)) {
      return;
    }
    boolean said = Refusal.speaksOfHostOrOrigin(exchange);
    if (!said && status != 421) {
      return;
    }
    String origin = exchange.request().headers().first("Origin");
    String host = String.valueOf(Origin.of(exchange.request().url()));
    Wording words = WordTable.of(exchange, Said.of(exchange));
    report.found(
        FindingBuilder.of(INFO, server)
            .confidence(Confidence.LIKELY)
            .message(
                "The server answered "
                    + status
                    + " because of the Host or Origin header; it was called as "
                    + host
                    + (origin == null ? "" : " with Origin " + origin)
                    + ". Servers protect themselves so against DNS rebinding; the answer asks for no login.")
            .saw(exchange.id(), "request.header.host", host, "a name on the server's list")
            .step(
                words == null || !words.isOfVendor()
                    ? "MCP server: add the name to its list of allowed hosts (and origins)"
                    : words.actor().inWords() + ": " + words.step())
            .step(
                "User: or call the server by a name that it allows, e.g. localhost instead of"
                    + " 127.0.0.1")
            .build());
  }
}

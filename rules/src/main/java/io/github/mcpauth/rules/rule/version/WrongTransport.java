package io.github.mcpauth.rules.rule.version;

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
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.McpRequest;

/**
 * The host speaks another transport than the server: HTTP+SSE to a Streamable HTTP endpoint, or the
 * other way round. A request of the right kind that follows disproves it: hosts may try both.
 */
public final class WrongTransport implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.WRONG_TRANSPORT,
              "Your application is configured for another transport than the server's",
              Severity.ERROR,
              Actor.USER,
              "MCP 2025-11-25, Transports: Backwards Compatibility",
              FixSafety.NONE)
          .asked(Phase.COMPLETED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    boolean sse =
        McpRequest.opensStream(exchange)
            && !server.progress().everConnected()
            && !server.progress().everSaid()
            && (status == 405 || status == 400 || status == 406);
    boolean streamable =
        McpRequest.connects(exchange)
            && (status == 405
                || (status == 404 && Urls.hasSegment(exchange.request().url(), "sse")));
    if (sse) {
      report.suspect(
          INFO.name(),
          now -> now.progress().everSaid() ? null : finding(exchange, now, "sse-to-streamable"));
    } else if (streamable) {
      report.suspect(
          INFO.name(),
          now ->
              now.progress().takenBy() > exchange.id()
                  ? null
                  : finding(exchange, now, "streamable-to-sse"));
    }
  }

  private static Finding finding(Exchange exchange, McpServer server, String cause) {
    boolean sse = cause.equals("sse-to-streamable");
    return FindingBuilder.of(INFO, server)
        .cause(cause)
        .confidence(Confidence.LIKELY)
        .message(
            sse
                ? "Your application opened an event stream first, as HTTP+SSE (2024-11-05) does, and got "
                    + exchange.status()
                    + ": the endpoint takes POST, it speaks Streamable HTTP."
                : "Your application sent initialize by POST and got "
                    + exchange.status()
                    + ": the URL offers an event stream, it speaks HTTP+SSE (2024-11-05).")
        .saw(exchange.id(), "request.method", exchange.request().method(), sse ? "POST" : "GET")
        .step(
            sse
                ? "User: choose the transport \"http\" (Streamable HTTP) in your application's configuration"
                : "User: choose the transport \"sse\", or the URL of the Streamable HTTP endpoint"
                    + " (often /mcp)")
        .build();
  }
}

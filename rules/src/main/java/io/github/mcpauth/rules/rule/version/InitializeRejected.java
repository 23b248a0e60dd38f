package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.Call;
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
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.reading.RequestDefect;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.time.Duration;

/**
 * The server answers {@code initialize} with a JSON-RPC error, and the host does not get through
 * afterwards. A later success disproves it; an error about the revision is another rule's, and so
 * is one that asks for a login.
 */
public final class InitializeRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "initialize-rejected",
              "The server answers initialize with an error",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Lifecycle: Initialization; JSON-RPC 2.0 section 5.1",
              FixSafety.NONE)
          .asked(Phase.CALLED)
          .followsFrom(RuleNames.PROTOCOL_VERSION_REJECTED);

  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final int METHOD_NOT_FOUND = -32601;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (call.end() == Call.End.ERROR
        && call.method().equals("initialize")
        && exchange.status() < 300) {
      report.suspect(
          INFO.name(),
          now ->
              now.progress().connectedBy() > exchange.id() ? null : finding(call, exchange, now));
    }
    JsonRpcMessage answer = call.answer();
    if (call.end() == Call.End.RESULT
        && call.method().equals("initialize")
        && answer != null
        && answer.protocolVersion() == null) {
      report.suspect(
          INFO.name() + "-incomplete",
          QUIET,
          now -> now.progress().saidBy() > exchange.id() ? null : incomplete(exchange, now));
    }
  }

  /** A result without what every client reads first, and a host that does not go on. */
  private static Finding incomplete(Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("incomplete")
        .confidence(Confidence.LIKELY)
        .message(
            "The result of initialize names no protocolVersion, and your application has sent"
                + " nothing since: clients cannot go on without it.")
        .saw(exchange.id(), "response.json.result.protocolVersion", "absent", "a revision")
        .step(
            "MCP server: answer initialize with protocolVersion, capabilities and serverInfo"
                + " (Lifecycle, Initialization)")
        .build();
  }

  private static Finding finding(Call call, Exchange exchange, McpServer server) {
    boolean unknown = call.errorCode() == METHOD_NOT_FOUND;
    RequestDefect defect = unknown ? null : RequestDefect.of(exchange, call.said(), server);
    Wording words = unknown || defect != null ? null : WordTable.ofCall(call.said());
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(
                defect != null
                    ? defect.cause()
                    : unknown ? "unknown-method" : words == null ? "error" : words.cause())
            .actor(
                defect != null
                    ? Actor.HOST
                    : unknown ? Actor.USER : words == null ? Actor.MCP_SERVER : words.actor())
            .confidence(Confidence.LIKELY)
            .message(
                "The server answered initialize with the JSON-RPC error "
                    + call.errorCode()
                    + (call.said().isEmpty() ? "." : ": \"" + call.said() + "\".")
                    + (defect == null ? "" : " In it, " + defect.inWords() + "."))
            .saw(
                exchange.id(),
                "response.json.error.code",
                String.valueOf(call.errorCode()),
                "a result");
    if (defect != null) {
      finding.step("Your application: " + defect.step());
    } else if (unknown) {
      finding
          .step("User: check the URL: this JSON-RPC service does not know MCP's initialize")
          .step("User: or update your application's MCP SDK, if the server speaks 2026-07-28 only");
    } else if (words != null) {
      finding.step(words.actor().inWords() + ": " + words.step());
    } else {
      finding.step("MCP server: look up this initialize in its log; its error is quoted above");
    }
    return finding.build();
  }
}

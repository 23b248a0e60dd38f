package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.RpcError;
import java.util.Locale;

/**
 * The client asked to upgrade a cleartext connection to HTTP/2, and the server hung, closed the
 * connection or lost the body. An answer that fits the request disproves it.
 */
public final class Http2UpgradeBreaksServer implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.HTTP2_UPGRADE_BREAKS_SERVER,
              "The client's offer to switch to HTTP/2 breaks the server",
              Severity.ERROR,
              Actor.HOST,
              "RFC 9113 §3.1 (the h2c upgrade is deprecated); RFC 9110 §7.8",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED, Phase.FAILED)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  private static final int PARSE_ERROR = -32700;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (!offered(exchange) || status < 200 || exchange.requestBody().isEmpty()) {
      return;
    }
    boolean lost =
        RpcError.code(exchange) == PARSE_ERROR
            || (status == 400 && saysEmpty(AnswerBody.text(exchange)));
    if (lost) {
      report.found(finding(exchange, server, "body-lost", Confidence.CERTAIN));
    }
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    if (failure == null || exchange.response() != null || !offered(exchange)) {
      return;
    }
    if (failure.kind() == Failure.Kind.TIMEOUT && !ServerUnreachable.isConnectTimeout(failure)) {
      report.found(finding(exchange, server, "hang", Confidence.LIKELY));
    } else if (failure.kind() == Failure.Kind.CLOSED) {
      report.found(finding(exchange, server, "closed", Confidence.LIKELY));
    }
  }

  /** Whether the request, as it left, offers the upgrade. */
  public static boolean offered(Exchange exchange) {
    String upgrade = exchange.request().headers().first("Upgrade");
    return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("h2c");
  }

  private static boolean saysEmpty(String text) {
    return text.contains("empty body")
        || text.contains("body is empty")
        || text.contains("missing body")
        || text.contains("invalid http request received") // uvicorn, at the frames of HTTP/2
        || text.contains("unexpected end of json")
        || text.contains("parse error");
  }

  private static Finding finding(
      Exchange exchange, McpServer server, String cause, Confidence confidence) {
    return FindingBuilder.of(INFO, server)
        .cause(cause)
        .confidence(confidence)
        .message(
            "The request carried Upgrade: h2c, and "
                + switch (cause) {
                  case "hang" -> "no answer came until the timeout.";
                  case "closed" -> "the server closed the connection without an answer.";
                  default -> "the server read an empty body (" + exchange.status() + ").";
                })
        .saw(exchange.id(), "request.header.upgrade", "h2c", "absent")
        .step(
            "Your application: build the client with HttpClient.newBuilder().version(HTTP_1_1) for http://"
                + " servers (LangChain4j: setHttpVersion1_1())")
        .step("MCP server: ignore Upgrade headers that it does not support (RFC 9110 §7.8)")
        .fixStep("talks HTTP/1.1 to that server")
        .build();
  }
}

package io.github.mcpauth.rules.rule.headers;

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
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.reading.Ballast;
import io.github.mcpauth.rules.reading.HeaderLimit;
import org.jspecify.annotations.Nullable;

/**
 * The server refused the request for the size of its head: with 431, or with another status, or by
 * closing the connection. For the disguised ones the head must be big and the answer must match a
 * measured server; a JSON answer, which a server only gives once it has read the head, disproves
 * it.
 */
public final class RequestHeadersRejected implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.REQUEST_HEADERS_REJECTED,
              "The server refuses the request because its headers are too big",
              Severity.ERROR,
              Actor.HOST,
              "RFC 6585 §5 (431); RFC 9110 §5.4",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED, Phase.FAILED);

  private static final int COMMON_LIMIT = 8000;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    HeaderLimit row = status < 400 ? null : HeaderLimit.matching(exchange);
    if (HeaderLimit.refuses(exchange)) {
      boolean certain = status == 431 || row == null || row.isExplicit();
      Confidence confidence = certain ? Confidence.CERTAIN : Confidence.LIKELY;
      report.found(finding(exchange, server, row, confidence));
    } else if (status == 400
        && exchange.headerBytes() >= COMMON_LIMIT
        && exchange.responseBody().isEmpty()
        && exchange.responseBody().complete()
        && McpMethods.isConnect(McpMethods.of(exchange.requestBody()))) {
      // Undertow and Helidon say nothing at all (limits of 1 MiB and 16 KiB).
      report.found(finding(exchange, server, null, Confidence.POSSIBLE));
    }
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    boolean closed = failure != null && failure.kind() == Failure.Kind.CLOSED;
    // com.sun.net.httpserver closes without an answer beyond 384 KiB; others reset while one sends.
    if (closed && exchange.response() == null && exchange.headerBytes() >= 2 * COMMON_LIMIT) {
      report.found(finding(exchange, server, null, Confidence.POSSIBLE));
    }
  }

  private static Finding finding(
      Exchange exchange, McpServer server, @Nullable HeaderLimit row, Confidence confidence) {
    HeaderRanking ranking = HeaderRanking.of(exchange);
    int status = exchange.status();
    String answer = status == 0 ? "closed the connection" : "answered " + status;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .confidence(confidence)
            .message(
                "The server "
                    + answer
                    + " to a request whose head takes "
                    + exchange.headerBytes()
                    + " bytes"
                    + (row == null
                        ? ""
                        : "; the answer looks like "
                            + row.server()
                            + (row.limit() <= exchange.headerBytes()
                                ? ", which takes " + row.limit() + " by default"
                                : ", here with a lower limit than its default of " + row.limit()))
                    + ". Largest: "
                    + ranking.inWords()
                    + ".")
            .saw(
                exchange.id(),
                "request.header_bytes",
                String.valueOf(exchange.headerBytes()),
                row == null || row.limit() > exchange.headerBytes()
                    ? "less than the server's limit"
                    : "at most " + row.limit())
            .saw(exchange.id(), "response", answer, null)
            .detail("mcpauth.headers.largest", ranking.bytesByName());
    if (row != null) {
      finding.detail("mcpauth.headers.server", row.server());
    }
    ranking.advise(finding);
    finding.step(
        row != null && row.limit() > exchange.headerBytes()
            ? "MCP server: look for the limit of the request head that is set there, in what is in"
                + " front of it as well, and raise it"
            : "MCP server: raise the limit of the request head, e.g. "
                + (row == null ? "to 32 KiB" : "of " + row.server() + " to 32 KiB"));
    if (HeaderLimit.refuses(exchange) && !Ballast.in(exchange, server).isEmpty()) {
      finding.fixStep("sends such a request once more without what the call does not need");
    }
    return finding.build();
  }
}

package io.github.mcpauth.rules.rule.version;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
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
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import java.util.List;
import java.util.Locale;

/**
 * The server refuses the Accept header (406) or the Content-Type (415) of a request. A stream that
 * is not offered (405) disproves it.
 */
public final class NotAcceptable implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.NOT_ACCEPTABLE,
              "The server does not take the request's Accept or Content-Type header",
              Severity.ERROR,
              Actor.HOST,
              "MCP 2025-11-25, Transports: Sending Messages to the Server; RFC 9110 §15.5.7, §15.5.16",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED);

  private static final int PARSE_ERROR = -32700;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (McpRequest.opensStream(exchange)) {
      stream(exchange, server, report);
      return;
    }
    boolean accept = status == 406 || saysAccept(exchange);
    boolean untyped = status == 400 && !accept && (lacksType(exchange) || saysTypeMustBe(exchange));
    if (!McpRequest.isMessage(exchange) || (!accept && !untyped && status != 415)) {
      return;
    }
    String name = accept ? "Accept" : "Content-Type";
    String wanted = accept ? "application/json, text/event-stream" : "application/json";
    List<String> values = exchange.request().headers().all(name);
    String sent = values.isEmpty() ? "absent" : String.join(", ", values);
    boolean right =
        accept
            ? sent.contains("application/json") && sent.contains("text/event-stream")
            : sent.startsWith("application/json");
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(
                right ? "server-too-strict" : accept ? "accept-incomplete" : "content-type-wrong")
            .actor(right ? Actor.MCP_SERVER : Actor.HOST)
            .confidence(status == 400 || right ? Confidence.LIKELY : Confidence.CERTAIN)
            .message(
                "The server answered "
                    + status
                    + " to a request with "
                    + name
                    + ": "
                    + sent
                    + (right ? ", which is what the specification asks for." : "."))
            .saw(
                exchange.id(),
                right ? "response.status" : "request.header." + name.toLowerCase(Locale.ROOT),
                right ? String.valueOf(status) : sent,
                right ? "success, as the request has " + name + ": " + sent : wanted);
    if (right) {
      finding
          .step(
              "MCP server: compare media types, not strings (RFC 9110 §12.5.1): order, blanks and"
                  + " parameters do not matter")
          .step("Network: check that no proxy rewrites " + name);
    } else {
      finding.step("Your application: send " + name + ": " + wanted + " with each POST");
      if (accept || values.isEmpty()) {
        finding.fixStep("sends the header as the specification has it");
      }
    }
    report.found(finding.build());
  }

  /** The GET that opens the server's event stream must accept one. */
  private static void stream(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    String sent = String.join(", ", exchange.request().headers().all("Accept"));
    boolean said = status == 400 && AnswerBody.text(exchange).contains("accept");
    if (sent.contains("text/event-stream") || (status != 406 && !said)) {
      return; // Else it is the optional stream's status that is wrong: another rule's.
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .cause("accept-incomplete")
            .severity(Severity.WARNING)
            .confidence(status == 406 ? Confidence.CERTAIN : Confidence.LIKELY)
            .message(
                "The server answered "
                    + status
                    + " to the GET for its event stream, with Accept: "
                    + (sent.isEmpty() ? "absent" : sent)
                    + ". Who asks for that stream must accept text/event-stream.")
            .saw(
                exchange.id(),
                "request.header.accept",
                sent.isEmpty() ? "absent" : sent,
                "text/event-stream")
            .step("Your application: send Accept: text/event-stream with the GET of the stream")
            .build());
  }

  /** 400 to a request whose Accept lacks one of the two types, and the answer speaks of it. */
  private static boolean saysAccept(Exchange exchange) {
    String text = exchange.status() == 400 ? AnswerBody.text(exchange) : "";
    String sent = String.join(",", exchange.request().headers().all("Accept"));
    boolean lacks = !sent.contains("application/json") || !sent.contains("text/event-stream");
    return text.contains("must accept both application/json")
        || (lacks && text.contains("accept") && text.contains("text/event-stream"))
        || (lacks && text.contains("accept header"));
  }

  /** 400, and the answer says which type it must be. */
  private static boolean saysTypeMustBe(Exchange exchange) {
    String text = AnswerBody.text(exchange);
    return (text.contains("content-type") || text.contains("content type"))
        && text.contains("must be")
        && text.contains("application/json");
  }

  /** 400 to a request without the type that tells how to read it, and no other reason is given. */
  private static boolean lacksType(Exchange exchange) {
    String sent = String.join(",", exchange.request().headers().all("Content-Type"));
    String text = AnswerBody.text(exchange);
    boolean said = text.contains("content-type") || text.contains("content type");
    JsonRpcMessage error = RpcError.of(exchange);
    boolean unread = error == null || Integer.valueOf(PARSE_ERROR).equals(error.errorCode());
    return !sent.contains("json")
        && (said || (unread && WordTable.of(exchange, Said.of(exchange)) == null));
  }
}

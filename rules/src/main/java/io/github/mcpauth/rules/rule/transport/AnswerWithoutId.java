package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.LoginWords;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.util.Locale;

/**
 * An error answers a request in an answer of success, and names no request: the id null is for
 * messages that could not be read (JSON-RPC 2.0 §5), so clients match it with none and wait on.
 */
final class AnswerWithoutId {

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;

  /** Of what does work of the user's; what a server in good health answers at once is another's. */
  static boolean isOne(Call call, Exchange exchange) {
    return call.end() == Call.End.ERROR
        && exchange.status() < 300
        && !call.isQuick()
        && !call.isNotification() // request-refused
        && call.answer() != null
        && call.answer().id() == null
        && call.errorCode() != PARSE_ERROR
        && call.errorCode() != INVALID_REQUEST
        && !isExplained(call.said());
  }

  /** A lost session or login is other rules'. */
  private static boolean isExplained(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    return SessionRefusal.isSaidIn(text) || LoginWords.missing(text) || LoginWords.rejected(text);
  }

  static Finding finding(RuleInfo info, Call call, Exchange exchange, McpServer server) {
    return FindingBuilder.of(info, server)
        .cause("no-id")
        .severity(Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .quote(call.said().isEmpty() ? null : call.said())
        .message(
            "The request "
                + call.inWords()
                + " has the id "
                + call.id()
                + "; it was answered with the JSON-RPC error "
                + call.errorCode()
                + " whose id is null. Clients cannot tell which request that answers, and wait until"
                + " their own time-out.")
        .saw(exchange.id(), "response.json.id", "null", String.valueOf(call.id()))
        .step("MCP server: put the id of the request into its error as well")
        .step("MCP server: look up this request in its log; the error itself is quoted here")
        .build();
  }

  private AnswerWithoutId() {}
}

package io.github.mcpauth.rules.rule.refusal;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Permissions;
import io.github.mcpauth.rules.reading.Wording;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message that gets no answer, a notification or the answer to a request of the server's, was
 * refused as not well-formed, which it is: a server that is connected takes it with 202.
 */
final class RefusedNotice {

  /** Of what is over, or goes on anyway: nobody needs that they are taken. */
  private static final Set<String> NEEDED_BY_NOBODY =
      Set.of("notifications/cancelled", "notifications/progress");

  private static final String STEP =
      "MCP server: take notifications, and answers to its own requests, with 202 and no body,"
          + " whatever it makes of them; params may be left out (JSON-RPC 2.0 §4.1)";

  /** Whether a refused exchange is of such a message, and its words say nothing else. */
  static boolean isOne(Exchange exchange, @Nullable Wording words, McpServer server) {
    boolean status = exchange.status() == 400 || exchange.status() == 422;
    boolean form = words == null || words.cause().equals("malformed-request");
    return status && form && server.progress().everConnected() && hasOnlyNotices(exchange);
  }

  private static boolean hasOnlyNotices(Exchange exchange) {
    List<JsonRpcMessage> messages = JsonRpc.of(exchange.requestBody());
    return McpRequest.isMessage(exchange)
        && !messages.isEmpty()
        && messages.stream().noneMatch(each -> each.kind() == JsonRpcMessage.Kind.REQUEST);
  }

  static Finding of(RuleInfo info, Exchange exchange, McpServer server) {
    String method = Permissions.method(exchange);
    String what =
        method == null
            ? "What your application answered to a request of the server's"
            : "The notification " + method;
    boolean goesOn = server.progress().connectedBy() > exchange.id();
    boolean harmless = goesOn || (method != null && NEEDED_BY_NOBODY.contains(method));
    return builder(info, String.valueOf(method), server)
        .severity(harmless ? Severity.NOTE : Severity.WARNING)
        .message(
            what
                + " was refused with "
                + exchange.status()
                + ", and is a well-formed message: nothing of it can be wanting, as initialize was"
                + " answered before."
                + (harmless ? "" : " Some clients end the session at this."))
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "202")
        .step(STEP)
        .step("MCP server: its log tells more of this request")
        .build();
  }

  /** A notification was answered with an error, in an answer of success. */
  static Finding of(RuleInfo info, Call call, Exchange exchange, McpServer server) {
    return builder(info, call.method(), server)
        .severity(Severity.WARNING)
        .quote(call.said().isEmpty() ? null : call.said())
        .message(
            "The notification "
                + call.method()
                + " was answered with the JSON-RPC error "
                + call.errorCode()
                + ", in an answer with status "
                + exchange.status()
                + ", and your application has sent nothing since. A notification gets no answer.")
        .saw(
            exchange.id(),
            "response.json.error.code",
            String.valueOf(call.errorCode()),
            "202 and no body")
        .step(STEP)
        .build();
  }

  private static FindingBuilder builder(RuleInfo info, String method, McpServer server) {
    return FindingBuilder.of(info, server)
        .subject("notice" + method)
        .detail("mcpauth.cause", "notice-refused")
        .confidence(Confidence.LIKELY)
        .actor(Actor.MCP_SERVER);
  }

  private RefusedNotice() {}
}

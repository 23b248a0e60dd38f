package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.JsonRpcMessage.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs answers with the calls that they are of: first with those of the exchange that they came
 * with, then with the server's others. Confined to the lock of the diagnosis.
 */
final class CallAnswers {

  private final OpenCalls open;
  private final CallEndings endings;

  CallAnswers(OpenCalls open, CallEndings endings) {
    this.open = open;
    this.endings = endings;
  }

  /**
   * Messages came with an exchange.
   *
   * @param whole whether nothing of them lay behind what was kept
   */
  void received(
      List<JsonRpcMessage> messages,
      Exchange exchange,
      McpServer server,
      boolean whole,
      Instant at) {
    for (JsonRpcMessage message : messages) {
      if (message.isAnswer()) {
        answer(message, exchange, server, whole, at);
      }
    }
  }

  private void answer(
      JsonRpcMessage message, Exchange exchange, McpServer server, boolean whole, Instant at) {
    List<OpenCall> own = open.of(exchange);
    OpenCall answered = first(own, message);
    if (answered == null && !message.textId() && message.id() == null) {
      // An error that could not be told whose it is, or an id that lay behind what was kept.
      boolean error = message.kind() == Kind.ERROR;
      if (error && own.isEmpty()) {
        toNotification(message, exchange, server, at);
      }
      for (OpenCall call : error || !whole ? own : List.<OpenCall>of()) {
        endings.end(call, error ? Call.End.ERROR : Call.End.UNREAD, message, exchange.id(), at);
      }
    } else if (answered == null) {
      answered = elsewhere(message, server);
    }
    if (answered != null) {
      Call.End end = message.kind() == Kind.ERROR ? Call.End.ERROR : Call.End.RESULT;
      endings.end(answered, end, message, exchange.id(), at);
    } else {
      own.forEach(call -> call.stranger(message));
    }
  }

  /** What gets no answer was answered with an error: told like a call that ended so. */
  private void toNotification(
      JsonRpcMessage error, Exchange exchange, McpServer server, Instant at) {
    for (JsonRpcMessage sent : JsonRpc.of(exchange.requestBody())) {
      if (sent.kind() == Kind.NOTIFICATION) {
        OpenCall notification = new OpenCall(sent, exchange, server);
        open.add(notification);
        endings.end(notification, Call.End.ERROR, error, exchange.id(), at);
      }
    }
  }

  private static @Nullable OpenCall first(List<OpenCall> calls, JsonRpcMessage message) {
    for (OpenCall call : calls) {
      if (call.isAnsweredBy(message)) {
        return call;
      }
    }
    return null;
  }

  /** The call whose answer came with another exchange than its own. */
  private @Nullable OpenCall elsewhere(JsonRpcMessage message, McpServer server) {
    OpenCall found = null;
    for (OpenCall call : open.at(server)) {
      boolean its = call.isAnsweredBy(message);
      if (its && (found == null || (call.isElsewhere() && !found.isElsewhere()))) {
        found = call;
      }
    }
    return found;
  }
}

package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events with which a request was refused into the body of its answer: an event stream is
 * taken down as it goes by, so that its exchange ends without one. Not for several threads.
 */
final class RefusedStreams {

  private static final int MOST = 64;

  private final BoundedMap<Long, String> said = new BoundedMap<>(MOST);

  /** An event went by; the first that says of an error counts. */
  void event(Exchange exchange, EventStream.Event event) {
    if (!isOne(exchange)) {
      return;
    }
    if (event.complaint() != null) {
      said.putIfAbsent(exchange.id(), "event: error\ndata: " + event.complaint() + "\n\n");
    }
    for (JsonRpcMessage message : event.messages()) {
      if (message.kind() == JsonRpcMessage.Kind.ERROR) {
        said.putIfAbsent(exchange.id(), written(message));
      }
    }
  }

  /** The error as the JSON that it was, since its code tells as much as its words. */
  private static String written(JsonRpcMessage message) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", message.errorCode());
    error.put("message", message.errorMessage() == null ? "" : message.errorMessage());
    if (!message.details().isEmpty()) {
      error.put("data", message.details());
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("jsonrpc", "2.0");
    members.put("id", message.id());
    members.put("error", error);
    return Json.write(members);
  }

  /** It ended: with what it said as its body, where it has none. */
  Exchange ended(Exchange exchange) {
    String words = said.remove(exchange.id());
    return words == null || !exchange.responseBody().isEmpty()
        ? exchange
        : exchange.withResponseBody(Body.of(words), exchange.elapsed());
  }

  private static boolean isOne(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && response.isEventStream() && response.status() >= 400;
  }
}

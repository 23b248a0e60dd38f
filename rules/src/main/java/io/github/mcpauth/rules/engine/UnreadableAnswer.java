package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.JsonRpc;

/** A body that came whole and is no message that clients can read (JSON-RPC 2.0 §5, §6). */
final class UnreadableAnswer {

  /**
   * @param requests how many requests its exchange carried
   */
  static boolean is(Exchange exchange, int requests) {
    if (!exchange.responseBody().isWhole() || exchange.responseHeaders().has("Content-Encoding")) {
      return false;
    }
    JsonRpc.Content content = exchange.responseBody().as(JsonRpc.CONTENT);
    boolean list = content.list() && requests == 1 && !isBatch(exchange);
    return isHalf(exchange) || (isRead(exchange) && (content.broken() || list));
  }

  /** Whether a body means anything to clients: with 202 the Python SDK's says "Accepted". */
  private static boolean isRead(Exchange exchange) {
    return exchange.status() < 300 && exchange.status() != 202;
  }

  /** Whether the request is a list of messages, to which the answer is one as well. */
  private static boolean isBatch(Exchange exchange) {
    byte[] bytes = exchange.requestBody().bytes();
    int first = 0;
    while (first < bytes.length && Character.isWhitespace(bytes[first])) {
      first++;
    }
    return first < bytes.length && bytes[first] == '[';
  }

  /** Whether the body came to its end, and the JSON in it did not. */
  private static boolean isHalf(Exchange exchange) {
    byte[] bytes = exchange.responseBody().bytes();
    int last = bytes.length - 1;
    while (last > 0 && Character.isWhitespace(bytes[last])) {
      last--;
    }
    return exchange.responseBody().complete() && last > 0 && bytes[0] == '{' && bytes[last] != '}';
  }

  private UnreadableAnswer() {}
}

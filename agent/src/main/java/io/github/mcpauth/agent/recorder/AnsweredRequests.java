package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which request a JSON-RPC answer belongs to. Bounded in bytes: peers choose ids and methods,
 * and one that is longer than any program's is not kept.
 */
final class AnsweredRequests {

  private static final int MOST = 4096;
  private static final int LONGEST = 256;

  private final Map<String, String> methods = new BoundedMap<>(MOST);

  /** The method of a message: its own, or that of the request in the other direction it answers. */
  @Nullable String method(JsonRpcMessage message, @Nullable String serverUrl, String direction) {
    String other = direction.equals("sent") ? "received" : "sent";
    if (message.method() != null) {
      if (isKept(message.id()) && isKept(message.method())) {
        methods.put(direction + ' ' + serverUrl + ' ' + message.id(), message.method());
      }
      return message.method();
    }
    return message.id() == null ? null : methods.get(other + ' ' + serverUrl + ' ' + message.id());
  }

  private static boolean isKept(@Nullable String text) {
    return text != null && text.length() <= LONGEST;
  }
}

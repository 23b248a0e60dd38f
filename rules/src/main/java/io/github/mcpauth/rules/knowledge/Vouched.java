package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom tokens act for whose issue was not seen. They say it themselves, and anybody can write a
 * JWT: a server vouches for one by taking a request with it that it has refused to somebody else
 * before, and refusing the same request later. What it has only ever taken, it may take from
 * everybody. Digests only; confined to the lock of the diagnosis.
 */
final class Vouched {

  private static final int MOST = 32;
  private static final int MOST_REQUESTS = 64;

  /** Those of one target each; of a resource or a prompt others may have what one has not. */
  private static final Set<String> ALIKE =
      Set.of(
          "initialize",
          "ping",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "server/discover",
          "tools/list");

  /** A token's user, and what it was taken for. */
  private record Taken(String holder, Set<String> requests) {}

  private final Map<String, Taken> tokens = new BoundedMap<>(MOST);
  private final Set<String> checked = BoundedMap.set(MOST_REQUESTS);

  /** The server refused a request: it does look at what comes with those of this kind. */
  void refused(Exchange refused) {
    String request = request(refused);
    if (request != null) {
      checked.add(request);
    }
  }

  /** The server took a request with a token that names its holder. */
  void took(String digest, String holder, Exchange taken) {
    String request = request(taken);
    Taken token =
        tokens.computeIfAbsent(digest, any -> new Taken(holder, BoundedMap.set(MOST_REQUESTS)));
    if (request != null && isChecked(request)) {
      token.requests().add(request);
    }
  }

  private boolean isChecked(String request) {
    return checked.contains(request);
  }

  boolean knows(String digest) {
    return tokens.containsKey(digest);
  }

  /** The holder of a token that the server refuses with a request that it took with it before. */
  @Nullable String holder(@Nullable String digest, Exchange refused) {
    Taken token = digest == null ? null : tokens.get(digest);
    return token != null && token.requests().contains(request(refused)) ? token.holder() : null;
  }

  /** What two requests have in common of which one is as good as the other; null: nothing. */
  private static @Nullable String request(Exchange exchange) {
    if (exchange.request().method().equals("GET")) {
      return "GET";
    }
    List<JsonRpcMessage> messages = JsonRpc.of(exchange.requestBody());
    JsonRpcMessage only = messages.size() == 1 ? messages.get(0) : null;
    if (only == null || only.method() == null) {
      return null;
    }
    return ALIKE.contains(only.method())
        ? only.method()
        : only.toolName() == null ? null : only.method() + ' ' + only.toolName();
  }
}

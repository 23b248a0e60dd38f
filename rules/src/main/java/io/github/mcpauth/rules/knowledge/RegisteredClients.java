package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Origin;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clients that were registered by themselves (RFC 7591), each for the one server for whose
 * login that was. Bounded; digests only. Under the lock of {@link Provenance}.
 */
final class RegisteredClients {

  private static final int MOST = 512;

  private final Map<String, McpServer> clients = new BoundedMap<>(MOST);

  /**
   * @param client digest of the client's id
   * @param endpoint of the authorization server that registered it
   */
  void add(@Nullable String client, URI endpoint, McpServer server) {
    if (client != null) {
      clients.put(key(client, endpoint), server);
    }
  }

  /** Whose client it is, or null where it was not seen to be registered there. */
  @Nullable McpServer of(@Nullable String client, URI endpoint) {
    return client == null ? null : clients.get(key(client, endpoint));
  }

  private static String key(String client, URI endpoint) {
    return client + '@' + Origin.of(endpoint);
  }

  /** A client is used for a server: it is no other one's. */
  void shared(@Nullable String client, McpServer server) {
    if (client != null && !clients.isEmpty()) {
      clients
          .entrySet()
          .removeIf(each -> each.getKey().startsWith(client + '@') && each.getValue() != server);
    }
  }

  void forget(McpServer server) {
    clients.values().removeIf(its -> its == server);
  }
}

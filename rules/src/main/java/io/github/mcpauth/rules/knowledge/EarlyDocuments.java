package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Discovery.Found;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Protected resource metadata that a host asked for before its first request to the server: kept
 * until that one shows whose it is. Without it, a token of anybody would pass for one that the
 * server's authorization servers issued. Bounded; confined to the lock of the diagnosis.
 */
public final class EarlyDocuments {

  private static final int MOST = 64;
  private static final int LONGEST = 16 * 1024;

  private final Map<String, Found<ProtectedResourceMetadata>> documents = new BoundedMap<>(MOST);

  /** A document that is no known server's was answered. */
  public void answered(Exchange exchange) {
    URI url = exchange.request().url();
    boolean fits = exchange.responseBody().bytes().length <= LONGEST;
    ProtectedResourceMetadata document =
        exchange.status() == 200 && fits
            ? ProtectedResourceMetadata.parse(exchange.responseBody())
            : null;
    String key = ServerKey.of(url);
    if (key != null && document != null && document.isUsable()) {
      documents.put(key, new Found<>(document, url, exchange.id()));
    }
  }

  /**
   * The document of a server that has become known: the one at a well-known URL of its own (RFC
   * 9728 §3.1) that names it, or null.
   */
  public @Nullable Found<ProtectedResourceMetadata> of(McpServer server) {
    if (documents.isEmpty()) {
      return null;
    }
    for (URI url : WellKnown.protectedResource(server.endpoint())) {
      Found<ProtectedResourceMetadata> found = documents.get(ServerKey.of(url));
      URI named = found == null ? null : Urls.parse(found.document().resource());
      if (named != null && ServerKey.covers(named, server.endpoint())) {
        return found;
      }
    }
    return null;
  }
}

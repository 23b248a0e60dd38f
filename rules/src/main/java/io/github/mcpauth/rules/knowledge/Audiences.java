package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which server a {@code resource} names (RFC 8707 §2). Under the lock of {@link Provenance}. */
final class Audiences {

  private final McpServers servers;

  Audiences(McpServers servers) {
    this.servers = servers;
  }

  /**
   * The one server that a resource is: its URL, or what its own metadata publishes if that covers
   * its URL, and no other server's.
   */
  @Nullable McpServer of(@Nullable String resource) {
    URI named = Urls.parse(resource);
    McpServer found = null;
    int covered = 0;
    boolean broad = false;
    for (McpServer server : named == null ? List.<McpServer>of() : servers.all()) {
      if (named == null || !server.isNamedBy(named)) {
        continue;
      }
      covered++;
      boolean exact = ServerKey.isAt(named, server.endpoint());
      boolean published = publishes(server, named.toString());
      if ((exact || published) && found != null) {
        return null;
      }
      if (exact || published) {
        found = server;
        broad = !exact;
      }
    }
    return broad && covered > 1 ? null : found;
  }

  /** Those whose request it may be: a resource that names none of them is somebody else's. */
  static List<McpServer> possible(Iterable<McpServer> users, @Nullable String resource) {
    URI named = Urls.parse(resource);
    List<McpServer> possible = new ArrayList<>();
    for (McpServer server : users) {
      if (named == null || server.isNamedBy(named) || publishes(server, resource)) {
        possible.add(server);
      }
    }
    return possible;
  }

  private static boolean publishes(McpServer server, @Nullable String resource) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    return document != null && resource != null && resource.equals(document.resource());
  }
}

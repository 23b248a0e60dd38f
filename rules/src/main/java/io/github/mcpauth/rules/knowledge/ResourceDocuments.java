package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Attribution.Evidence;
import io.github.mcpauth.rules.knowledge.Claims.Claim;
import io.github.mcpauth.rules.knowledge.Claims.Strength;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose protected resource metadata is at a URL: a server's whose well-known URL it is, or who
 * named it in its own origin; of a document elsewhere only the server's that it names itself. Under
 * the lock of {@link Provenance}.
 */
final class ResourceDocuments {

  private final McpServers servers;
  private final Claims claims;

  ResourceDocuments(McpServers servers, Claims claims) {
    this.servers = servers;
    this.claims = claims;
  }

  /** A server's challenge may have said where its metadata is. */
  void named(McpServer server, @Nullable String hint) {
    URI named = hint == null ? null : Urls.parse(hint);
    URI url = named == null ? null : server.endpoint().resolve(named);
    Origin origin = server.origin();
    if (url == null || origin == null) {
      return;
    }
    boolean own = origin.contains(url);
    // In its own origin, the specification says what is at the well-known URLs.
    if (!own || !WellKnown.isProtectedResource(url.getRawPath())) {
      Strength strength = own ? Strength.OWN_ORIGIN : Strength.ELSEWHERE;
      claims.add(ServerKey.of(url), Role.PROTECTED_RESOURCE_METADATA, strength, server);
    }
  }

  /** Whose a request for such a document is. */
  @Nullable Attribution of(URI url) {
    List<McpServer> described = describedBy(url);
    if (!described.isEmpty()) {
      return Attribution.ofLikeliest(
          described, described.size() == 1 ? Evidence.OWN_PLACE : Evidence.SHARED_ISSUER);
    }
    Claim claim = claims.at(ServerKey.of(url));
    if (claim == null || claim.role() != Role.PROTECTED_RESOURCE_METADATA) {
      return null;
    }
    boolean own = claim.strength() == Strength.OWN_ORIGIN && claim.servers().size() == 1;
    return Attribution.ofLikeliest(
        claim.servers(), own ? Evidence.OWN_PLACE : Evidence.UNCONFIRMED_DOCUMENT);
  }

  /**
   * The servers whose metadata is at a well-known URL: the one whose path is inserted there, else
   * those below it (RFC 9728 §3.1).
   */
  private List<McpServer> describedBy(URI metadata) {
    URI resource = WellKnown.describedAt(metadata);
    List<McpServer> exact = new ArrayList<>();
    List<McpServer> below = new ArrayList<>();
    for (McpServer server : resource == null ? List.<McpServer>of() : servers.all()) {
      if (resource != null && ServerKey.isAt(resource, server.endpoint())) {
        exact.add(server);
      } else if (resource != null && ServerKey.covers(resource, server.endpoint())) {
        below.add(server);
      }
    }
    return exact.isEmpty() ? below : exact;
  }

  /** Whether a document is a server's own: it is in its origin, or names the server. */
  static boolean confirms(McpServer server, ProtectedResourceMetadata document, URI url) {
    Origin origin = server.origin();
    URI named = Urls.parse(document.resource());
    return (origin != null && origin.contains(url))
        || (named != null && ServerKey.covers(named, server.endpoint()));
  }

  /** Whose a document is that servers named in another origin, by its answer. */
  @Nullable Attribution confirmed(Exchange answer) {
    URI url = answer.request().url();
    ProtectedResourceMetadata document =
        answer.status() == 200 ? ProtectedResourceMetadata.parse(answer.responseBody()) : null;
    Claim claim = document == null || !document.isUsable() ? null : claims.at(ServerKey.of(url));
    for (McpServer server : claim == null ? List.<McpServer>of() : claim.servers()) {
      if (document != null && confirms(server, document, url)) {
        return new Attribution(server, Evidence.OWN_PLACE);
      }
    }
    return null;
  }
}

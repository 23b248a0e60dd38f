package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Discovery;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for metadata where the challenge says, if that is a well-known URL (any other one in the
 * origin may be somebody else's), or at the well-known URL that the specification names first,
 * where the host asks at the root (RFC 9728 §3.1, RFC 8414 §3.1: the path is inserted); the other
 * places follow if there is nothing.
 */
final class MetadataPlace implements RequestFix {

  private final String rule;
  private final Role role;

  /**
   * @param role whose metadata it is
   */
  MetadataPlace(String rule, Role role) {
    this.rule = rule;
    this.role = role;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    if (sending.role() != role || !request.method().equals("GET")) {
      return null;
    }
    URI place =
        role == Role.PROTECTED_RESOURCE_METADATA
            ? resource(request.url(), server, sending.sentAt())
            : explicit ? server(request.url(), server) : null;
    return place == null
        ? null
        : Edit.head(
            "asked at " + place.getRawPath() + ", which comes first", request.withUrl(place));
  }

  private static @Nullable URI resource(URI asked, McpServer server, Instant now) {
    List<URI> places = WellKnown.protectedResource(server.endpoint());
    Discovery discovery = server.discovery();
    URI hinted = Urls.parse(discovery.hint());
    URI first = hinted == null ? places.get(0) : hinted;
    Origin origin = server.origin();
    boolean skipped =
        asked.equals(places.get(places.size() - 1))
            && !asked.equals(first)
            && origin != null
            && origin.contains(first)
            && WellKnown.isProtectedResource(first.getRawPath())
            && discovery.resource() == null
            && !discovery.isMissing(first.toString(), now);
    return skipped ? first : null;
  }

  /**
   * Only by the fix's own property: another part of the host may look for another issuer in the
   * same origin.
   */
  private static @Nullable URI server(URI asked, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    URI first = null;
    for (String issuer : document == null ? List.<String>of() : document.authorizationServers()) {
      URI url = Urls.parse(issuer);
      Origin origin = url == null ? null : Origin.of(url);
      if (url != null && origin != null && origin.contains(asked)) {
        List<URI> places = WellKnown.authorizationServer(url);
        if (places.contains(asked)) {
          return null;
        }
        first = first == null ? places.get(0) : first;
      }
    }
    return first;
  }
}

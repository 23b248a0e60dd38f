package io.github.mcpauth.demo.host;

import io.github.mcpauth.demo.host.Settings.Lookup;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns the URL of an MCP server and its challenge into its authorization server, in the order of
 * MCP 2025-11-25, "Authorization Server Discovery" (RFC 9728, RFC 8414, OpenID Connect Discovery).
 */
final class Discovery {

  /**
   * What an OAuth client needs to know.
   *
   * @param resource how the server calls itself, or null where it has no metadata
   * @param scopes what the resource has to offer
   */
  record Found(@Nullable String resource, List<String> scopes, AuthorizationServer server) {}

  private final Http http;
  private final Settings settings;

  Discovery(Http http, Settings settings) {
    this.http = http;
    this.settings = settings;
  }

  Found from(URI server, Challenge challenge) throws IOException, InterruptedException {
    JsonNode resource = first(places(server, challenge));
    if (resource == null) {
      if (settings.lookup() != Lookup.LEGACY || challenge.resourceMetadata() != null) {
        throw new IOException("no protected resource metadata");
      }
      return new Found(null, List.of(), legacy(server));
    }
    String name = Json.required(resource, "resource");
    if (!WellKnown.covers(URI.create(name), server)
        && !settings.makes(Mistake.RESOURCE_UNCHECKED)) {
      throw new IOException("the metadata describes another resource"); // RFC 9728 §3.3
    }
    List<String> issuers = Json.strings(resource, "authorization_servers");
    if (issuers.isEmpty()) {
      throw new IOException("the metadata names no authorization server");
    }
    return new Found(
        name, Json.strings(resource, "scopes_supported"), authorizationServer(issuers.get(0)));
  }

  private List<URI> places(URI server, Challenge challenge) {
    List<URI> wellKnown = WellKnown.ofResource(server);
    if (settings.makes(Mistake.RESOURCE_METADATA_AT_ROOT)) {
      return List.of(wellKnown.get(wellKnown.size() - 1));
    }
    URI hint = challenge.resourceMetadata();
    if (hint != null) {
      return List.of(hint);
    }
    return settings.lookup() == Lookup.STRICT ? List.of() : wellKnown;
  }

  private AuthorizationServer authorizationServer(String issuer)
      throws IOException, InterruptedException {
    URI url = URI.create(issuer);
    List<URI> places =
        settings.makes(Mistake.SERVER_METADATA_AT_ROOT)
            ? List.of(WellKnown.ofIssuer(URI.create(WellKnown.origin(url))).get(0))
            : WellKnown.ofIssuer(url);
    JsonNode json = first(places);
    if (json == null) {
      throw new IOException("no authorization server metadata");
    }
    AuthorizationServer found = AuthorizationServer.of(json);
    if (!issuer.equals(found.issuer())) {
      throw new IOException("the metadata is another issuer's"); // RFC 8414 §3.3
    }
    return found;
  }

  /** MCP 2025-03-26, "Server Metadata Discovery": the root of the MCP server, or the defaults. */
  private AuthorizationServer legacy(URI server) throws IOException, InterruptedException {
    String origin = WellKnown.origin(server);
    JsonNode json = first(List.of(WellKnown.ofIssuer(URI.create(origin)).get(0)));
    if (json == null) {
      return AuthorizationServer.withoutMetadata(origin);
    }
    AuthorizationServer found = AuthorizationServer.of(json);
    if (!origin.equals(WellKnown.origin(URI.create(found.issuer())))) {
      throw new IOException("the metadata is another issuer's");
    }
    return found;
  }

  private @Nullable JsonNode first(List<URI> places) throws IOException, InterruptedException {
    for (URI place : places) {
      Http.Reply reply = http.get(place);
      if (reply.status() == 200) {
        return Json.parse(reply.body());
      }
    }
    return null;
  }
}

package io.github.mcpauth.demo.host;

import java.net.URI;
import java.util.List;

/**
 * Turns an identifier into the places where its metadata may be, best first: RFC 9728 §3.1 for a
 * resource; RFC 8414 §3.1 and OpenID Connect Discovery §4, in MCP's order, for an issuer.
 */
final class WellKnown {

  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  static List<URI> ofResource(URI server) {
    String path = path(server);
    URI root = URI.create(origin(server) + RESOURCE);
    return path.isEmpty() ? List.of(root) : List.of(URI.create(root + path), root);
  }

  static List<URI> ofIssuer(URI issuer) {
    String origin = origin(issuer);
    String path = path(issuer);
    return path.isEmpty()
        ? List.of(URI.create(origin + SERVER), URI.create(origin + OPENID))
        : List.of(
            URI.create(origin + SERVER + path),
            URI.create(origin + OPENID + path),
            URI.create(origin + path + OPENID));
  }

  static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /**
   * Whether metadata for {@code resource} is about {@code server}: the same origin, and above it.
   */
  static boolean covers(URI resource, URI server) {
    String above = path(resource);
    return origin(resource).equalsIgnoreCase(origin(server))
        && (path(server) + "/").startsWith(above + "/");
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private WellKnown() {}
}

package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The well-known URLs of MCP authorization, in the order the specification tries them. */
public final class WellKnown {

  private static final String PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  /**
   * Where the metadata of a protected resource is (RFC 9728 §3.1): the path-inserted URL, then the
   * root's. One URL where the resource has no path; none without an origin.
   */
  public static List<URI> protectedResource(URI resource) {
    Origin origin = Origin.of(resource);
    List<URI> urls = new ArrayList<>(2);
    if (origin != null) {
      String path = path(resource);
      if (!path.isEmpty()) {
        urls.add(URI.create(origin + PROTECTED_RESOURCE + path));
      }
      urls.add(URI.create(origin + PROTECTED_RESOURCE));
    }
    return urls;
  }

  /**
   * Where the metadata of an authorization server is (RFC 8414 §3, OpenID Connect Discovery §4),
   * for an issuer with or without a path.
   */
  public static List<URI> authorizationServer(URI issuer) {
    Origin origin = Origin.of(issuer);
    List<URI> urls = new ArrayList<>(3);
    if (origin != null) {
      String path = path(issuer);
      urls.add(URI.create(origin + AUTHORIZATION_SERVER + path));
      urls.add(URI.create(origin + OPENID + path));
      if (!path.isEmpty()) {
        urls.add(URI.create(origin + path + OPENID));
      }
    }
    return urls;
  }

  /** The resource whose metadata is at this URL (RFC 9728 §3.1), or null where it is at none. */
  public static @Nullable URI describedAt(URI metadata) {
    String path = metadata.getRawPath();
    Origin origin = Origin.of(metadata);
    if (origin == null || path == null || !path.startsWith(PROTECTED_RESOURCE)) {
      return null;
    }
    String resource = path.substring(PROTECTED_RESOURCE.length());
    String query = metadata.getRawQuery() == null ? "" : "?" + metadata.getRawQuery();
    return resource.isEmpty() || resource.startsWith("/")
        ? URI.create(origin + resource + query)
        : null;
  }

  public static boolean isProtectedResource(@Nullable String path) {
    return path != null && path.startsWith(PROTECTED_RESOURCE);
  }

  public static boolean isAuthorizationServer(@Nullable String path) {
    return path != null && (path.startsWith(AUTHORIZATION_SERVER) || path.contains(OPENID));
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    if (path == null || path.equals("/")) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Whether a path is where one of the two metadata documents is. */
  public static boolean isDocument(@Nullable String path) {
    return isProtectedResource(path) || isAuthorizationServer(path);
  }

  private WellKnown() {}
}

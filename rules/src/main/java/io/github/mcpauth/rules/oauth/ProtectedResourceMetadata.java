package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a protected resource (RFC 9728 §2), as far as it matters here.
 *
 * @param resource null where the document names none
 * @param authorizationServers issuer URLs; MCP requires one at least
 */
public record ProtectedResourceMetadata(
    @Nullable String resource, List<String> authorizationServers, List<String> scopes) {

  /** The document in a body, or null where it is no JSON object. */
  public static @Nullable ProtectedResourceMetadata parse(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    return json == null
        ? null
        : new ProtectedResourceMetadata(
            OAuthJson.text(json, "resource"),
            OAuthJson.texts(json, "authorization_servers"),
            OAuthJson.texts(json, "scopes_supported"));
  }

  /** Whether a host can go on with it. */
  public boolean isUsable() {
    return !authorizationServers.isEmpty();
  }

  /** The smallest document that names a resource and its authorization server. */
  public static byte[] document(String resource, String issuer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("resource", resource);
    members.put("authorization_servers", List.of(issuer));
    return OAuthJson.write(members);
  }
}

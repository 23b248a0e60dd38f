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
 * @param wrongTypes members of another type than they must have, in words
 */
public record ProtectedResourceMetadata(
    @Nullable String resource,
    List<String> authorizationServers,
    List<String> scopes,
    List<String> wrongTypes) {

  private static final List<String> TEXTS =
      List.of(
          "resource",
          "jwks_uri",
          "resource_name",
          "resource_documentation",
          "resource_policy_uri",
          "resource_tos_uri");

  private static final List<String> LISTS =
      List.of(
          "authorization_servers",
          "scopes_supported",
          "bearer_methods_supported",
          "resource_signing_alg_values_supported",
          "authorization_details_types_supported",
          "dpop_signing_alg_values_supported");

  /** The document in a body, or null where it is no JSON object. */
  public static @Nullable ProtectedResourceMetadata parse(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    return json == null
        ? null
        : new ProtectedResourceMetadata(
            OAuthJson.text(json, "resource"),
            OAuthJson.texts(json, "authorization_servers"),
            OAuthJson.texts(json, "scopes_supported"),
            OAuthJson.wrongTypes(json, TEXTS, LISTS));
  }

  /** What is wrong with the type of a member, in words; null where nothing is. */
  public @Nullable String wrongType(String member) {
    for (String each : wrongTypes) {
      if (each.startsWith(member + " ")) {
        return each;
      }
    }
    return null;
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

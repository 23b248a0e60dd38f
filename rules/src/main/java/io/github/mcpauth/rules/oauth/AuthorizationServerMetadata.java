package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an authorization server (RFC 8414 §2), as far as it matters here.
 *
 * @param challengeMethods PKCE methods; MCP requires S256 to be among them
 * @param takesMetadataDocuments whether a client may identify itself by the URL of its metadata
 */
public record AuthorizationServerMetadata(
    @Nullable String issuer,
    @Nullable String authorizationEndpoint,
    @Nullable String tokenEndpoint,
    @Nullable String registrationEndpoint,
    @Nullable String revocationEndpoint,
    @Nullable String jwksUri,
    List<String> challengeMethods,
    List<String> scopes,
    List<String> clientAuthMethods,
    boolean takesMetadataDocuments) {

  /** The document in a body, or null where it is no JSON object. */
  public static @Nullable AuthorizationServerMetadata parse(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    return json == null
        ? null
        : new AuthorizationServerMetadata(
            OAuthJson.text(json, "issuer"),
            OAuthJson.text(json, "authorization_endpoint"),
            OAuthJson.text(json, "token_endpoint"),
            OAuthJson.text(json, "registration_endpoint"),
            OAuthJson.text(json, "revocation_endpoint"),
            OAuthJson.text(json, "jwks_uri"),
            OAuthJson.texts(json, "code_challenge_methods_supported"),
            OAuthJson.texts(json, "scopes_supported"),
            OAuthJson.texts(json, "token_endpoint_auth_methods_supported"),
            Boolean.TRUE.equals(json.get("client_id_metadata_document_supported")));
  }

  /** Whether a host can go on with it. */
  public boolean isUsable() {
    return issuer != null && tokenEndpoint != null;
  }
}

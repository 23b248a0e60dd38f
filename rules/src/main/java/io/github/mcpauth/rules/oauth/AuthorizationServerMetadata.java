package io.github.mcpauth.rules.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.rules.http.Body;
import org.jspecify.annotations.Nullable;

/** The metadata of an authorization server (RFC 8414 §2), as far as it matters here. */
public record AuthorizationServerMetadata(
    @Nullable String issuer,
    @Nullable String authorizationEndpoint,
    @Nullable String tokenEndpoint,
    @Nullable String registrationEndpoint,
    @Nullable String revocationEndpoint,
    @Nullable String jwksUri) {

  /** The document in a body, or null where it is no JSON object. */
  public static @Nullable AuthorizationServerMetadata parse(Body body) {
    JsonNode json = OAuthJson.object(body);
    return json == null
        ? null
        : new AuthorizationServerMetadata(
            OAuthJson.text(json, "issuer"),
            OAuthJson.text(json, "authorization_endpoint"),
            OAuthJson.text(json, "token_endpoint"),
            OAuthJson.text(json, "registration_endpoint"),
            OAuthJson.text(json, "revocation_endpoint"),
            OAuthJson.text(json, "jwks_uri"));
  }

  /** Whether a host can go on with it. */
  public boolean isUsable() {
    return issuer != null && tokenEndpoint != null;
  }
}

package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an authorization server (RFC 8414 §2), as far as it matters here.
 *
 * @param challengeMethods PKCE methods; MCP requires S256 to be among them
 * @param takesMetadataDocuments whether a client may identify itself by the URL of its metadata
 * @param wrongTypes members of another type than they must have, in words
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
    boolean takesMetadataDocuments,
    List<String> wrongTypes) {

  private static final List<String> TEXTS =
      List.of("issuer", "authorization_endpoint", "token_endpoint", "registration_endpoint");

  private static final List<String> LISTS =
      List.of(
          "response_types_supported",
          "grant_types_supported",
          "scopes_supported",
          "code_challenge_methods_supported",
          "token_endpoint_auth_methods_supported");

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
            Boolean.TRUE.equals(json.get("client_id_metadata_document_supported")),
            OAuthJson.wrongTypes(json, TEXTS, LISTS));
  }

  /** Why a body cannot be used as metadata, in words; null where it can. */
  public static @Nullable String flaw(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    if (body.isEmpty() || (json != null && json.isEmpty())) {
      return body.isEmpty() ? "an empty answer" : "an empty object";
    }
    if (json == null) {
      return "no JSON object";
    }
    List<String> lacking = new ArrayList<>(OAuthJson.wrongTypes(json, TEXTS, List.of()));
    for (String member : List.of("issuer", "token_endpoint")) {
      if (!json.containsKey(member)) {
        lacking.add("no " + member);
      }
    }
    return lacking.isEmpty() ? null : "metadata with " + String.join("; ", lacking);
  }

  /** Whether a host can go on with it. */
  public boolean isUsable() {
    return issuer != null && tokenEndpoint != null;
  }
}

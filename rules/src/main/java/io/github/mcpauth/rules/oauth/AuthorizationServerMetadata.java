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
 * @param doubts the same of members that many clients do not read, and what is left out
 * @param ofOpenId what is left out that an OpenID provider must have
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
    List<String> wrongTypes,
    List<String> doubts,
    List<String> ofOpenId) {

  /** Without which, or with another type of which, no host can go on. */
  private static final List<String> NEEDED =
      List.of("issuer", "authorization_endpoint", "token_endpoint", "registration_endpoint");

  private static final List<String> ENDPOINTS =
      List.of("authorization_endpoint", "token_endpoint", "registration_endpoint", "jwks_uri");

  private static final List<String> LISTS =
      List.of(
          "response_types_supported",
          "grant_types_supported",
          "scopes_supported",
          "code_challenge_methods_supported",
          "token_endpoint_auth_methods_supported");

  private static final List<String> OPTIONAL =
      List.of(
          "revocation_endpoint",
          "introspection_endpoint",
          "userinfo_endpoint",
          "end_session_endpoint",
          "device_authorization_endpoint",
          "pushed_authorization_request_endpoint",
          "jwks_uri",
          "service_documentation",
          "op_policy_uri",
          "op_tos_uri");

  private static final List<String> OPTIONAL_LISTS =
      List.of(
          "response_modes_supported",
          "token_endpoint_auth_signing_alg_values_supported",
          "revocation_endpoint_auth_methods_supported",
          "introspection_endpoint_auth_methods_supported",
          "subject_types_supported",
          "id_token_signing_alg_values_supported",
          "claims_supported",
          "acr_values_supported",
          "ui_locales_supported");

  /** Required by RFC 8414 §2, beside what {@link #isUsable} asks for. */
  private static final List<String> REQUIRED = List.of("response_types_supported");

  /** Required of OpenID providers beside those (OpenID Connect Discovery §3). */
  private static final List<String> REQUIRED_OF_OPENID =
      List.of("jwks_uri", "subject_types_supported", "id_token_signing_alg_values_supported");

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
            OAuthJson.wrongTypes(json, NEEDED, LISTS),
            doubts(json),
            lacking(json, REQUIRED_OF_OPENID));
  }

  private static List<String> doubts(Map<String, @Nullable Object> json) {
    List<String> doubts = new ArrayList<>(OAuthJson.wrongTypes(json, OPTIONAL, OPTIONAL_LISTS));
    doubts.addAll(OAuthJson.relative(json, ENDPOINTS));
    doubts.addAll(lacking(json, REQUIRED));
    return List.copyOf(doubts);
  }

  private static List<String> lacking(Map<String, @Nullable Object> json, List<String> members) {
    List<String> lacking = new ArrayList<>();
    for (String member : members) {
      if (!json.containsKey(member)) {
        lacking.add(member + " is left out, and must be there");
      }
    }
    return lacking;
  }

  /**
   * What strict clients refuse such a document for and lenient ones do not mind, in words.
   *
   * @param openId whether it was served as the document of an OpenID provider
   */
  public List<String> doubts(boolean openId) {
    List<String> all = new ArrayList<>(doubts);
    all.addAll(openId ? ofOpenId : List.of());
    return List.copyOf(all);
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
    List<String> lacking = new ArrayList<>(OAuthJson.wrongTypes(json, NEEDED, List.of()));
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

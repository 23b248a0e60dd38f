package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server answers to a registration (RFC 7591 §3.2.1), without the secret.
 *
 * @param authMethod {@code token_endpoint_auth_method}, or null where it is left out
 * @param secret whether a client secret was issued
 * @param secretExpires null where it does not expire, or nothing is said
 * @param redirectUris null where the member is missing or no array
 * @param wrongTypes members of another type than they must have, in words
 */
public record RegistrationResponse(
    @Nullable String clientId,
    @Nullable String authMethod,
    boolean secret,
    @Nullable Instant secretExpires,
    @Nullable List<String> redirectUris,
    List<String> wrongTypes) {

  private static final List<String> TEXTS =
      List.of("client_name", "token_endpoint_auth_method", "scope", "registration_client_uri");

  private static final List<String> LISTS =
      List.of("redirect_uris", "grant_types", "response_types", "contacts");

  /** The document in a body, or null where it is no JSON object. */
  public static @Nullable RegistrationResponse parse(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    if (json == null) {
      return null;
    }
    double expires =
        json.get("client_secret_expires_at") instanceof Number at ? at.doubleValue() : 0;
    return new RegistrationResponse(
        OAuthJson.text(json, "client_id"),
        OAuthJson.text(json, "token_endpoint_auth_method"),
        OAuthJson.text(json, "client_secret") != null,
        expires > 0 && expires < 1e11 ? Instant.ofEpochSecond((long) expires) : null,
        json.get("redirect_uris") instanceof List<?>
            ? OAuthJson.texts(json, "redirect_uris")
            : null,
        OAuthJson.wrongTypes(json, TEXTS, LISTS));
  }

  /** The redirect URIs that a registration asks for; none where it cannot be read. */
  public static List<String> asked(Body request) {
    Map<String, @Nullable Object> json = OAuthJson.object(request);
    return json == null ? List.of() : OAuthJson.texts(json, "redirect_uris");
  }

  /** The client authentication method that a registration asks for, or null. */
  public static @Nullable String askedMethod(Body request) {
    Map<String, @Nullable Object> json = OAuthJson.object(request);
    return json == null ? null : OAuthJson.text(json, "token_endpoint_auth_method");
  }
}

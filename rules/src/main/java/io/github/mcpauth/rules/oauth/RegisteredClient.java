package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the two sides of a client registration (RFC 7591 §3.1, §3.2.1). */
public final class RegisteredClient {

  /** Whether a request's body is a JSON object with an array {@code redirect_uris}. */
  static boolean hasRedirectUris(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    return json != null && json.get("redirect_uris") instanceof List<?>;
  }

  /** The digest of the {@code client_id} that a registration brought, or null. */
  public static @Nullable String id(Body answer) {
    Map<String, @Nullable Object> json = OAuthJson.object(answer);
    return json == null ? null : Digest.of(OAuthJson.text(json, "client_id"));
  }

  private RegisteredClient() {}
}

package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error of an OAuth endpoint (RFC 6749 §5.2, RFC 7591 §3.2.2).
 *
 * @param description for people; may hold secrets until it is redacted
 */
public record OAuthError(String code, @Nullable String description) {

  /** The error in a body, or null where it holds none. */
  public static @Nullable OAuthError of(Body body) {
    Map<String, @Nullable Object> json = OAuthJson.object(body);
    if (json == null) {
      return null;
    }
    String code = OAuthJson.text(json, "error");
    String description = OAuthJson.text(json, "error_description");
    if (description == null) {
      description = OAuthJson.text(json, "message");
    }
    if (code == null && Boolean.FALSE.equals(json.get("ok"))) {
      code = "error";
    }
    return code == null ? null : new OAuthError(code, description);
  }

  /** The description may hold a secret. */
  @Override
  public String toString() {
    return code;
  }
}

package io.github.mcpauth.rules.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.rules.http.Body;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that an authorization server issued, kept in memory for as long as it is valid and shown
 * nowhere: {@code toString} hides it.
 */
public final class AccessToken {

  private final String value;
  private final String type;
  private final @Nullable Instant expires;
  private final long exchangeId;

  private AccessToken(String value, String type, @Nullable Instant expires, long exchangeId) {
    this.value = value;
    this.type = type;
    this.expires = expires;
    this.exchangeId = exchangeId;
  }

  /** The token in a token response (RFC 6749 §5.1), or null where there is none. */
  public static @Nullable AccessToken issued(Body response, Instant now, long exchangeId) {
    JsonNode json = OAuthJson.object(response);
    String value = json == null ? null : OAuthJson.text(json, "access_token");
    if (json == null || value == null || value.isBlank()) {
      return null;
    }
    String type = OAuthJson.text(json, "token_type");
    JsonNode seconds = json.get("expires_in");
    Instant expires =
        seconds != null && seconds.canConvertToLong() && seconds.longValue() > 0
            ? now.plusSeconds(Math.min(seconds.longValue(), 365L * 24 * 3600))
            : null;
    return new AccessToken(value, type == null ? "Bearer" : type, expires, exchangeId);
  }

  /** The exchange that brought it. */
  public long exchangeId() {
    return exchangeId;
  }

  /** Whether it may be sent as it is; a DPoP token is bound to a proof for each request. */
  public boolean isBearer() {
    return type.equalsIgnoreCase("Bearer");
  }

  public boolean isValid(Instant now) {
    return expires == null || now.isBefore(expires);
  }

  /** Whether an {@code Authorization} header carries this token. */
  public boolean isIn(@Nullable String authorization) {
    return authorization != null && authorization.strip().endsWith(" " + value);
  }

  /** The header value that carries it (RFC 6750 §2.1). */
  public String authorization() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "AccessToken of exchange " + exchangeId;
  }
}

package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server took: the credential of the newest request that succeeded, and which methods did.
 * Holds claims, never a token. Confined to the lock of the diagnosis.
 */
public final class Accepted {

  private static final int MOST_METHODS = 64;

  /** A method with the credential that it was called with. */
  private record Success(long exchangeId, int credential) {}

  private final Map<String, Success> methods = new BoundedMap<>(MOST_METHODS);
  private final Map<String, Long> refused = new BoundedMap<>(MOST_METHODS);
  private int credential;
  private @Nullable JwtClaims claims;
  private @Nullable AccessToken token;

  /** The server took a request. Cheap where the credential is the one of the request before. */
  void took(@Nullable String authorization, @Nullable AccessToken issued) {
    int hash = hash(authorization);
    if (authorization != null && hash != 0 && hash != credential) {
      credential = hash;
      token = issued;
      claims =
          issued == null
              ? JwtClaims.of(Authorization.parse(authorization).token())
              : issued.claims();
    }
  }

  /** A request with this method succeeded. */
  public void took(@Nullable String method, @Nullable String authorization, long exchangeId) {
    if (method != null) {
      methods.put(method, new Success(exchangeId, hash(authorization)));
      refused.remove(method);
    }
  }

  /** A request with this method was refused with 401. */
  public void refused(@Nullable String method, long exchangeId) {
    if (method != null) {
      refused.putIfAbsent(method, exchangeId);
    }
  }

  /**
   * Whether this method was refused before, and another one taken with the same credential since.
   */
  public boolean isRefusedAgain(
      @Nullable String method, @Nullable String authorization, long exchangeId) {
    Long first = method == null ? null : refused.get(method);
    return first != null && first < exchangeId && another(method, authorization, first);
  }

  private static int hash(@Nullable String authorization) {
    return authorization == null ? 0 : authorization.strip().hashCode();
  }

  /** Whether a request with any {@code Authorization} was ever taken. */
  public boolean any() {
    return credential != 0;
  }

  /** Whether a request with this very credential was taken. */
  public boolean isOf(@Nullable String authorization) {
    return hash(authorization) != 0 && hash(authorization) == credential;
  }

  /** What the newest token that was taken says of itself; null where it is opaque or unknown. */
  public @Nullable JwtClaims claims() {
    return claims;
  }

  /** The newest issued token that was taken, or null where its issue was not seen. */
  public @Nullable AccessToken token() {
    return token;
  }

  /** Whether a method succeeded after an exchange. */
  public boolean afterwards(@Nullable String method, long exchangeId) {
    Success success = method == null ? null : methods.get(method);
    return success != null && success.exchangeId() > exchangeId;
  }

  /**
   * Whether another method succeeded with the same credential.
   *
   * @param after the exchange after which it must have been; 0 for whenever
   */
  public boolean another(@Nullable String method, @Nullable String authorization, long after) {
    for (Map.Entry<String, Success> each : methods.entrySet()) {
      Success success = each.getValue();
      if (!each.getKey().equals(method)
          && success.credential() == hash(authorization)
          && success.exchangeId() > after) {
        return true;
      }
    }
    return false;
  }
}

package io.github.mcpauth.rules.journey;

import io.github.mcpauth.rules.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were issued for one MCP server, newest last, and the token requests under way.
 * Confined to the lock of the diagnosis.
 */
public final class Tokens {

  private static final int MOST = 8;
  private static final int MOST_REQUESTS = 64;

  /** One use of a refresh token or code, by its digest. */
  public record Use(String digest, long exchangeId, Instant at) {}

  private final Deque<AccessToken> issued = new ArrayDeque<>();
  private final Deque<Use> uses = new ArrayDeque<>();
  private final Deque<Instant> refreshes = new ArrayDeque<>();
  private boolean requested;

  /** The newest token, or null where none was seen. */
  public @Nullable AccessToken newest() {
    return issued.peekLast();
  }

  /** A token that this one superseded, if the header carries one; else null. */
  public @Nullable AccessToken carriedBy(@Nullable String authorization) {
    for (AccessToken token : issued) {
      if (token.isIn(authorization)) {
        return token;
      }
    }
    return null;
  }

  /** The token that brought a refresh token with this digest, or null. */
  public @Nullable AccessToken broughtRefreshToken(@Nullable String digest) {
    for (AccessToken token : issued) {
      if (digest != null && digest.equals(token.refreshToken())) {
        return token;
      }
    }
    return null;
  }

  public void issued(AccessToken token) {
    issued.forEach(AccessToken::forget); // Only the newest is ever sent again.
    issued.addLast(token);
    if (issued.size() > MOST) {
      issued.removeFirst();
    }
    if (token.request().isRefresh()) {
      refreshes.addLast(token.issuedAt());
      if (refreshes.size() > MOST) {
        refreshes.removeFirst();
      }
    }
  }

  /** Forgets tokens that have expired; their digests stay. */
  public void forgetExpired(Instant now) {
    for (AccessToken token : issued) {
      if (!token.isValid(now)) {
        token.forget();
      }
    }
  }

  /** How many refreshes succeeded within a span before now. */
  public int refreshesWithin(Duration span, Instant now) {
    int count = 0;
    for (Instant at : refreshes) {
      count += at.plus(span).isBefore(now) ? 0 : 1;
    }
    return count;
  }

  /** Whether a token request for this server was seen at all. */
  public boolean everRequested() {
    return requested;
  }

  public void requested() {
    requested = true;
  }

  /**
   * Another use of the same code or refresh token (by digest), or null where it is the only one.
   */
  public @Nullable Use others(String digest, long exchangeId) {
    for (Use use : uses) {
      if (use.digest().equals(digest) && use.exchangeId() != exchangeId) {
        return use;
      }
    }
    return null;
  }

  /** A token request with this code or refresh token left. */
  public void used(@Nullable String digest, long exchangeId, Instant at) {
    if (digest != null) {
      uses.addLast(new Use(digest, exchangeId, at));
      if (uses.size() > MOST_REQUESTS) {
        uses.removeFirst();
      }
    }
  }
}

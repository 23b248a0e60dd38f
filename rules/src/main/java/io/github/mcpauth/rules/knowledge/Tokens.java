package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
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
  private boolean several;

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

  /** The server took a request with this token. Cheap for the newest, which is the usual case. */
  public void accepted(@Nullable String authorization) {
    AccessToken newest = newest();
    several |=
        authorization != null
            && newest != null
            && !newest.isIn(authorization)
            && !isSuccessor(newest, authorization);
  }

  /**
   * Whether the server took another token after the newest was issued, so that several users, or
   * clients, may be at work: then only the host knows whose a request is.
   */
  public boolean areSeveralInUse() {
    return several;
  }

  /**
   * Whether a token is known to be for the same user as the one that a header carries: it came of
   * refreshing it, or both say so.
   */
  public boolean isSuccessor(AccessToken token, @Nullable String authorization) {
    AccessToken before = carriedBy(authorization);
    String used = token.request().refreshToken();
    for (int i = 0; i < MOST && used != null && before != null; i++) {
      if (used.equals(before.refreshToken()) || used.equals(before.request().refreshToken())) {
        return true;
      }
      AccessToken source = broughtRefreshToken(used);
      used = source == null ? null : source.request().refreshToken();
    }
    String holder = holder(token.claims());
    return holder != null && holder.equals(holder(claims(authorization)));
  }

  /** Whether a token says that it is for another user than the one that a header carries. */
  public boolean isForAnother(AccessToken token, @Nullable String authorization) {
    String holder = holder(token.claims());
    String carried = holder(claims(authorization));
    return holder != null && carried != null && !holder.equals(carried);
  }

  private static @Nullable JwtClaims claims(@Nullable String authorization) {
    return authorization == null ? null : JwtClaims.of(Authorization.parse(authorization).token());
  }

  private static @Nullable String holder(@Nullable JwtClaims claims) {
    return claims == null ? null : claims.holder();
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

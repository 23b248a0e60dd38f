package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that one MCP server was given, newest last, and the token requests under way. Tokens
 * that are only likely to be the server's are among them, for the diagnosis; {@link #successor} and
 * {@link #ofOnlyLogin} give the server's own alone. Confined to the lock of the diagnosis.
 */
public final class Tokens {

  private static final int MOST = 32;
  private static final int MOST_REQUESTS = 64;
  private static final int MOST_REFRESHES = 8;

  /** One use of a refresh token or code, by its digest. */
  public record Use(String digest, long exchangeId, Instant at) {}

  private final McpServer server;
  private final List<Login.Token> held = new ArrayList<>();
  private final Vouched vouched = new Vouched();
  private final Deque<Use> uses = new ArrayDeque<>();
  private final Deque<Instant> refreshes = new ArrayDeque<>();
  private @Nullable Login only;

  /** The user that the newest taken token names whose issue was not seen. */
  private @Nullable String stranger;

  private boolean several;
  private boolean requested;
  private @Nullable String lastTaken;
  private @Nullable String lastSent;
  private final Accepted accepted = new Accepted();

  Tokens(McpServer server) {
    this.server = server;
  }

  /** The newest token that is, or may be, for this server; null where none was seen. */
  public @Nullable AccessToken newest() {
    return held.isEmpty() ? null : held.get(held.size() - 1).value();
  }

  /** Whether it is known that the newest token is for this server. */
  public boolean isNewestOurs() {
    return !held.isEmpty() && held.get(held.size() - 1).isFor(server);
  }

  /** Whether the application got through with the newest token: then it does send it. */
  public boolean isNewestInUse() {
    AccessToken newest = newest();
    return newest != null && newest.digest() != null && newest.digest().equals(lastSent);
  }

  /** The token that a header carries, or null where its issue was not seen. */
  public @Nullable AccessToken carriedBy(@Nullable String authorization) {
    Login.Token token = with(Digest.ofCredential(authorization));
    return token == null ? null : token.value();
  }

  private Login.@Nullable Token with(@Nullable String digest) {
    for (Login.Token token : held) {
      if (digest != null && digest.equals(token.value().digest())) {
        return token;
      }
    }
    return null;
  }

  /**
   * The newest token of the same login that brought a newer refresh token than this one, by its
   * digest; null where there is none.
   */
  public @Nullable AccessToken supersedes(@Nullable String refreshToken) {
    Login login = null;
    AccessToken newer = null;
    for (Login.Token token : held) {
      String brought = token.value().refreshToken();
      if (brought != null && brought.equals(refreshToken)) {
        login = token.login();
        newer = null;
      } else if (brought != null && token.login() == login) {
        newer = token.value();
      }
    }
    return newer;
  }

  /** What the server took so far. */
  public Accepted accepted() {
    return accepted;
  }

  /**
   * The newest token of this server that acts for whoever the one in a header acts for: of the same
   * login, or of the same user by what both say of themselves. What a token says counts only if an
   * authorization server issued it here or this server vouches for it: anybody can write a JWT.
   *
   * @param refused the request with that header
   * @param sameLogin whether another login of that user does not count
   * @return null where there is none, or where the header carries it already
   */
  public @Nullable AccessToken successor(
      @Nullable String authorization, Exchange refused, boolean sameLogin) {
    String digest = Digest.ofCredential(authorization);
    Login.Token carried = with(digest);
    String holder = carried == null ? vouched.holder(digest, refused) : carried.login().holder();
    for (int i = held.size() - 1; i >= 0; i--) {
      Login.Token token = held.get(i);
      if (isOfSame(carried, sameLogin ? null : holder, token)
          && token.standsInFor(carried, server)) {
        return token == carried ? null : token.value();
      }
    }
    return null;
  }

  /** Whether a token is of the login of another one, or of the user that is named. */
  private static boolean isOfSame(
      Login.@Nullable Token other, @Nullable String holder, Login.Token token) {
    boolean likely =
        (other != null && other.login() == token.login())
            || (holder != null && holder.equals(token.login().holder()));
    return likely && (other == null || token.mayActFor(other));
  }

  /**
   * The newest token of the one login that this server was ever given; null where not just one, or
   * where it took a token that names another user.
   */
  public @Nullable AccessToken ofOnlyLogin() {
    for (int i = held.size() - 1; i >= 0 && hasOneLogin(); i--) {
      Login.Token token = held.get(i);
      if (token.login() == only && token.isFor(server)) {
        return token.value();
      }
    }
    return null;
  }

  private boolean hasOneLogin() {
    return only != null && !several;
  }

  /**
   * Whether two requests act for the same user for all that is known: they carry the same token, or
   * two of one login or of one user; and nothing else tells them apart.
   */
  public boolean actForSame(Identity one, Identity other) {
    if (!one.rest().equals(other.rest()) || one.hasAnotherCookieThan(other)) {
      return false;
    }
    if (one.token() == null || other.token() == null || one.token().equals(other.token())) {
      return Objects.equals(one.token(), other.token());
    }
    Login.Token first = with(one.token());
    Login.Token second = with(other.token());
    // Of those whose issue was not seen, what they say of themselves is not enough.
    return first != null && second != null && isOfSame(first, first.login().holder(), second);
  }

  /** Whether the token in a header is one whose login is known, or whose user is. */
  public boolean isKnown(@Nullable String authorization) {
    String digest = Digest.ofCredential(authorization);
    return digest != null && (with(digest) != null || vouched.knows(digest));
  }

  /** A token was issued that is for this server, or may be. */
  public void issued(Login.Token token) {
    hold(token);
    if (token.value().request().isRefresh()) {
      refreshes.addLast(token.value().issuedAt());
      if (refreshes.size() > MOST_REFRESHES) {
        refreshes.removeFirst();
      }
    }
  }

  private void hold(Login.Token token) {
    if (token.isFor(server)) {
      several |= only != null && only != token.login();
      several |= stranger != null && !stranger.equals(token.login().holder());
      only = token.login();
    }
    if (held.contains(token)) {
      return;
    }
    int at = held.size();
    while (at > 0 && held.get(at - 1).value().exchangeId() > token.value().exchangeId()) {
      at--;
    }
    held.add(at, token);
    if (held.size() > MOST) {
      held.remove(0);
    }
  }

  /** The application sends a token of a login to this server, whoever that is for. */
  public void given(Login login) {
    several |= only != null && only != login;
    only = login;
  }

  /** The application itself got through with this token, rather than a fix that replayed. */
  public void sent(@Nullable String digest) {
    if (digest != null) {
      lastSent = digest;
    }
  }

  /**
   * The server took a request: the token in it is this server's, if it may be.
   *
   * @param digest of that token, or null without one
   * @param token what is known of it, or null where its issue was not seen
   */
  public void taken(Exchange exchange, @Nullable String digest, Login.@Nullable Token token) {
    String authorization = exchange.request().headers().first("Authorization");
    if (!accepted.isOf(authorization)) {
      accepted.took(authorization, token == null ? null : token.value());
    }
    if (digest == null || (digest.equals(lastTaken) && token != null && token.isFor(server))) {
      return;
    }
    lastTaken = digest;
    if (token != null) {
      if (token.takenBy(server)) {
        hold(token);
      }
      return;
    }
    JwtClaims claims = claims(authorization);
    String holder = claims == null ? null : claims.holder();
    if (holder != null) {
      vouched.took(digest, holder, exchange);
      stranger = holder;
      several |= only != null && !holder.equals(only.holder());
    }
  }

  private static @Nullable JwtClaims claims(@Nullable String authorization) {
    return authorization == null ? null : JwtClaims.of(Authorization.parse(authorization).token());
  }

  /** The server refused a request for want of a good credential. */
  public void refused(Exchange exchange) {
    vouched.refused(exchange);
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

  /** Another use of the same code or refresh token, by its digest; null where there is none. */
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

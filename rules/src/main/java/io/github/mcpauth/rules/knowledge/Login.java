package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One grant and all that was refreshed from it: whoever a token of it acts for, its other tokens
 * act for as well, unless it asked for somebody else's. Client credentials have no user: the client
 * itself is the login, for one token endpoint, resource, and whatever else it names. Confined to
 * the lock of the diagnosis.
 */
public final class Login {

  private static final int MOST = 8;

  /**
   * A token of a login, and the servers that it is known to be for.
   *
   * @param resource what it, or the grant that it was refreshed from, was asked for; null where
   *     that was not said
   * @param servers those that it was asked for, by their resource, or that have taken it
   */
  public record Token(
      AccessToken value, Login login, @Nullable String resource, Set<McpServer> servers) {

    /**
     * The server took it: it is that server's, unless it was asked for with another one's resource.
     * A server that takes everything gets nothing by that.
     */
    boolean takenBy(McpServer server) {
      URI named = Urls.parse(resource);
      if (named == null || Origin.of(named) == null || server.isNamedBy(named)) {
        servers.add(server);
      }
      return isFor(server);
    }

    /**
     * Whether it acts for whoever another one of the same login acts for: a refresh may lead into
     * another of the user's tenants, and only the token says so.
     */
    boolean mayActFor(Token other) {
      String one = named(value);
      String another = named(other.value());
      return one == null || another == null || one.equals(another);
    }

    private static @Nullable String named(AccessToken token) {
      JwtClaims claims = token.claims();
      return claims == null ? null : claims.holder();
    }

    /** Whether it may be sent to a server in the place of another one, if that is known. */
    boolean standsInFor(@Nullable Token other, McpServer server) {
      return isFor(server) && (other == null || value.standsInFor(other.value()));
    }

    /** Whether it is the server's: by its resource, or since the server took it. */
    public boolean isFor(McpServer server) {
      return servers.contains(server);
    }
  }

  private final Deque<Token> tokens = new ArrayDeque<>();
  private @Nullable String holder;

  /** The user that its tokens name, as a digest of issuer and subject; null where none does. */
  @Nullable String holder() {
    return holder;
  }

  /**
   * The login brought a token; the one before for the same resource will not be sent again.
   *
   * @param source the one whose refresh token brought it, or null
   * @param named the user that it names, if whoever issued it speaks for that user's issuer
   */
  Token add(AccessToken value, @Nullable Token source, @Nullable String named) {
    for (Token before : tokens) {
      if (Objects.equals(resource(before.value()), resource(value))
          && value.standsInFor(before.value())) {
        before.value().forget();
      }
    }
    // What is left out is as in the grant (RFC 6749 §6, RFC 8707 §2.2).
    Token token =
        source != null && resource(value) == null && value.standsInFor(source.value())
            ? new Token(value, this, source.resource(), new LinkedHashSet<>(source.servers()))
            : new Token(value, this, resource(value), new LinkedHashSet<>());
    tokens.addLast(token);
    if (tokens.size() > MOST) {
      tokens.removeFirst().value().forget();
    }
    holder = holder == null ? named : holder;
    return token;
  }

  /** The user has logged out: none of its tokens will be sent any more. */
  void end() {
    tokens.forEach(token -> token.value().forget());
  }

  private static @Nullable String resource(AccessToken token) {
    return token.request().resource();
  }

  /** The servers that any token of it is for. */
  Set<McpServer> servers() {
    Set<McpServer> servers = new LinkedHashSet<>();
    tokens.forEach(token -> servers.addAll(token.servers()));
    return servers;
  }
}

package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every login of the process, found again by the digests of its tokens: also those that no MCP
 * server is known for yet, such as a service's own at its start. The tokens themselves are kept
 * only while they are valid, and no more than a million characters of them. Confined to the lock of
 * the diagnosis.
 */
public final class Logins {

  private static final int MOST = 1024;
  private static final int MOST_CHARS = 1 << 20;
  private static final int MOST_DESCRIBED = 4 << 20;

  private final Map<String, Login.Token> byToken = new BoundedMap<>(MOST);
  private final Map<String, Login.Token> byRefreshToken = new BoundedMap<>(MOST);
  private final Map<String, Login> ofClients = new BoundedMap<>(MOST);

  /**
   * A token was issued: the first of a login, or a further one.
   *
   * @param holder the user that it names, if whoever issued it speaks for that user's issuer
   */
  public Login.Token issued(
      AccessToken value, TokenRequest request, URI endpoint, @Nullable String holder) {
    Login.Token source = renews(request);
    Login.Token same = with(value.digest());
    Login.Token before = source != null && asksForSame(request, source) ? source : same;
    Login login = before != null ? before.login() : login(request, endpoint);
    Login.Token token = login.add(value, before == source ? source : null, holder);
    String digest = value.digest();
    if (digest != null) {
      byToken.put(digest, token);
    }
    if (value.refreshToken() != null) {
      byRefreshToken.put(value.refreshToken(), token);
    }
    makeRoom();
    forgetEldest(token);
    return token;
  }

  /** Whether a refresh asks for no other tenant, user or the like than the grant did. */
  private static boolean asksForSame(TokenRequest refresh, Login.Token source) {
    return refresh.narrower() == null
        || refresh.narrower().equals(source.value().request().narrower());
  }

  private Login login(TokenRequest request, URI endpoint) {
    if (!request.isOfClientItself() || request.client() == null) {
      return new Login();
    }
    String key =
        request.client()
            + '|'
            + request.resource()
            + '|'
            + request.audience()
            + '|'
            + request.narrower()
            + '|'
            + endpoint;
    return ofClients.computeIfAbsent(key, any -> new Login());
  }

  /** The token whose refresh token a request uses, or null where it is not known. */
  public Login.@Nullable Token renews(TokenRequest request) {
    String used = request.isRefresh() ? request.refreshToken() : null;
    return used == null ? null : byRefreshToken.get(used);
  }

  /** The logins that were asked for with a resource that names a server. */
  public Set<Login> askedFor(McpServer server) {
    Set<Login> logins = new LinkedHashSet<>();
    for (Login.Token token : byToken.values()) {
      URI resource = Urls.parse(token.resource());
      if (resource != null && server.isNamedBy(resource)) {
        logins.add(token.login());
      }
    }
    return logins;
  }

  /** A token was given back (RFC 7009), access or refresh token: its login is over. */
  public void revoked(@Nullable String digest) {
    Login.Token token = with(digest);
    token = token == null && digest != null ? byRefreshToken.get(digest) : token;
    if (token != null) {
      token.login().end();
    }
  }

  /** The token with this digest, or null where its issue was not seen. */
  public Login.@Nullable Token with(@Nullable String digest) {
    return digest == null ? null : byToken.get(digest);
  }

  /** Forgets the tokens that have expired; their digests stay. */
  public void forgetExpired(Instant now) {
    for (Login.Token token : byToken.values()) {
      if (!token.value().isValid(now)) {
        token.value().forget();
      }
    }
  }

  /** Scopes, ids and claims are as long as a peer likes; what was issued just now stays. */
  private void forgetEldest(Login.Token newest) {
    long described = 0;
    for (Login.Token token : byToken.values()) {
      described += token.value().described();
    }
    Iterator<Login.Token> eldest = byToken.values().iterator();
    while (described > MOST_DESCRIBED && eldest.hasNext()) {
      Login.Token token = eldest.next();
      if (token != newest) {
        described -= token.value().described();
        token.value().forget();
        eldest.remove();
        byRefreshToken.values().removeIf(each -> each == token);
        ofClients.values().removeIf(login -> login == token.login());
      }
    }
  }

  private void makeRoom() {
    long chars = 0;
    for (Login.Token token : byToken.values()) {
      chars += token.value().length();
    }
    for (Login.Token token : byToken.values()) {
      if (chars <= MOST_CHARS) {
        return;
      }
      chars -= token.value().length();
      token.value().forget();
    }
  }
}

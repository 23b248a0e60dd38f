package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which origin each token belongs to, and where it has been since. A token belongs to the server
 * that it was requested for; one whose issue was not seen to the first that received it, if it says
 * so itself. Bounded; digests only. Confined to the lock of the diagnosis.
 */
public final class CredentialLedger {

  private static final int MOST = 256;

  /** A token that is somewhere else than at home. */
  public record Strayed(String what, String home) {}

  private final Map<String, Origin> homes = new BoundedMap<>(MOST);

  private @Nullable String lastAuthorization;
  private @Nullable String lastDigest;
  private final Map<String, Origin> received = new BoundedMap<>(MOST);
  private final Map<String, Origin> refreshHomes = new BoundedMap<>(MOST);

  /** A token was issued at an authorization server for the resource that its request named. */
  public void issued(AccessToken token, URI tokenEndpoint) {
    URI resource = Urls.parse(token.request().resource());
    Origin home = resource == null ? null : Origin.of(resource);
    String digest = token.digest();
    if (home != null && digest != null) {
      homes.put(digest, home);
    }
    Origin server = Origin.of(tokenEndpoint);
    if (token.refreshToken() != null && server != null) {
      refreshHomes.put(token.refreshToken(), server);
    }
  }

  /**
   * Whether a request takes a credential to another origin than its own; null if not, or unknown.
   */
  public @Nullable Strayed sent(Exchange exchange, Origin target) {
    if (exchange.role().meant() == Role.TOKEN && !refreshHomes.isEmpty()) {
      Origin home =
          refreshHomes.get(
              TokenRequest.inAnyForm(exchange.request(), exchange.requestBody()).refreshToken());
      return home == null || home.equals(target)
          ? null
          : new Strayed("The refresh token", home.toString());
    }
    if (exchange.role() != Role.MCP) {
      return null;
    }
    String authorization = exchange.request().headers().first("Authorization");
    String digest = digest(authorization);
    if (digest == null) {
      return null;
    }
    Origin home = homes.get(digest);
    if (home == null) {
      home = firstReceived(digest, authorization, target);
    }
    return home == null || home.equals(target)
        ? null
        : new Strayed("The access token", home.toString());
  }

  /**
   * The origin that a token whose issue was not seen was first sent to, if the token itself names
   * that origin as its audience and not the target; else null: one token for several servers may be
   * meant.
   */
  private @Nullable Origin firstReceived(
      String digest, @Nullable String authorization, Origin target) {
    Origin first = received.putIfAbsent(digest, target);
    if (first == null || first.equals(target) || authorization == null) {
      return null;
    }
    JwtClaims claims = JwtClaims.of(Authorization.parse(authorization).token());
    boolean named = false;
    for (String audience : claims == null ? List.<String>of() : claims.audience()) {
      URI url = Urls.parse(audience);
      Origin origin = url == null ? null : Origin.of(url);
      if (target.equals(origin)) {
        return null;
      }
      named |= first.equals(origin);
    }
    return named ? first : null;
  }

  /** Time passed: the text of the token that was sent last is not kept. */
  public void forgetText() {
    lastAuthorization = null;
    lastDigest = null;
  }

  /** A host sends the same token again and again: it is digested once. */
  private @Nullable String digest(@Nullable String authorization) {
    if (authorization == null || !authorization.equals(lastAuthorization)) {
      lastAuthorization = authorization;
      lastDigest = computed(authorization);
    }
    return lastDigest;
  }

  private static @Nullable String computed(@Nullable String authorization) {
    return authorization == null ? null : Digest.of(Authorization.parse(authorization).token());
  }
}

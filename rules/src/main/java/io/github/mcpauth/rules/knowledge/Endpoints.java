package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Attribution.Evidence;
import io.github.mcpauth.rules.knowledge.Claims.Claim;
import io.github.mcpauth.rules.knowledge.Claims.Strength;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which servers use an authorization server and its endpoints: those whose resource metadata names
 * the issuer, whose own document names the endpoint; without such metadata (revision 2025-03-26)
 * those in its origin. Says whose a request there may be, never whose it is. Under the lock of
 * {@link Provenance}.
 */
final class Endpoints {

  private static final int MOST_ENDPOINTS = 512;
  private static final int MOST_ISSUERS = 8;

  private final McpServers servers;
  private final Claims claims;
  private final Issuers issuers;

  /** The issuers whose own documents name a token endpoint. */
  private final Map<String, Set<String>> issuedBy = new BoundedMap<>(MOST_ENDPOINTS);

  Endpoints(McpServers servers, Claims claims, Issuers issuers) {
    this.servers = servers;
    this.claims = claims;
    this.issuers = issuers;
  }

  /** Endpoints are named without the query that a request may put its parameters into. */
  @Nullable Claim claimAt(URI url) {
    Claim claim = claims.at(ServerKey.of(url));
    Claim bare = claim == null && url.getRawQuery() != null ? claims.at(Urls.canonical(url)) : null;
    boolean its =
        bare != null
            && (bare.role() == Role.AUTHORIZE
                || (bare.role() == Role.TOKEN && url.getRawQuery().contains("grant_type=")));
    return its ? bare : claim;
  }

  /** Whose a request for the metadata of an authorization server is. */
  @Nullable Attribution metadataOf(URI url) {
    List<McpServer> exact = issuers.describedAt(url);
    Origin origin = Origin.of(url);
    List<McpServer> all = !exact.isEmpty() || origin == null ? exact : issuers.in(origin);
    if (all.isEmpty()) {
      return null;
    }
    boolean its = !exact.isEmpty() || all.size() == 1;
    return Attribution.ofLikeliest(all, its ? Evidence.ISSUERS_DOCUMENT : Evidence.SHARED_ISSUER);
  }

  /** Metadata of an authorization server, as it was fetched from a URL, names its endpoints. */
  void learn(AuthorizationServerMetadata document, URI fetched) {
    Origin origin = Origin.of(fetched);
    for (McpServer server : origin == null ? List.<McpServer>of() : issuers.in(origin)) {
      String issuer = issuers.describedAt(fetched, server);
      boolean itself = issuer != null && isSame(issuer, document.issuer());
      if (itself && issuer != null) {
        issues(document.tokenEndpoint(), issuer);
      }
      named(document.tokenEndpoint(), Role.TOKEN, origin, itself, server);
      named(document.registrationEndpoint(), Role.REGISTRATION, origin, itself, server);
      named(document.authorizationEndpoint(), Role.AUTHORIZE, origin, itself, server);
      // Of these, nothing but their place tells them from anybody else's requests.
      named(document.revocationEndpoint(), Role.REVOCATION, origin, false, server);
      named(document.jwksUri(), Role.JWKS, origin, false, server);
    }
  }

  /**
   * @param itself whether the document is the issuer's own: it may have endpoints elsewhere
   */
  private void named(
      @Nullable String text, Role role, @Nullable Origin origin, boolean itself, McpServer server) {
    URI url = Urls.parse(text);
    boolean own = url != null && origin != null && origin.contains(url);
    if (url != null && (own || itself)) {
      Strength strength = own ? Strength.OWN_ORIGIN : Strength.ELSEWHERE;
      claims.add(ServerKey.of(url), role, strength, server);
    }
  }

  private void issues(@Nullable String endpoint, String issuer) {
    URI url = Urls.parse(endpoint);
    String key = url == null ? null : ServerKey.of(url);
    if (key != null) {
      issuedBy.computeIfAbsent(key, any -> BoundedMap.set(MOST_ISSUERS)).add(stripped(issuer));
    }
  }

  /** Whether whoever issues tokens at an endpoint is the issuer that is named. */
  boolean isIssuer(@Nullable String named, URI endpoint) {
    URI issuer = Urls.parse(named);
    if (issuer == null || named == null) {
      return false;
    }
    Set<String> known = issuedBy.get(String.valueOf(ServerKey.of(endpoint)));
    return known == null
        ? ServerKey.covers(issuer, endpoint)
        : known.contains(stripped(named)) && Origin.of(issuer) != null;
  }

  private static boolean isSame(String issuer, @Nullable String named) {
    return named != null && (named.equals(issuer) || stripped(named).equals(stripped(issuer)));
  }

  private static String stripped(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /** The servers that use an endpoint: by their issuer's metadata, or because it is there. */
  List<McpServer> users(URI url, Role role) {
    Claim claim = claimAt(url);
    boolean claimed = claim != null && claim.role() == role.meant();
    if (claim != null && claimed && claim.strength() == Strength.OWN_ORIGIN) {
      return claim.servers();
    }
    Origin origin = Origin.of(url);
    if (origin != null && issuers.isVisited(origin)) {
      return issuers.usersOf(origin);
    }
    List<McpServer> there = new ArrayList<>();
    for (McpServer server : origin == null ? List.<McpServer>of() : servers.in(origin)) {
      if (server.resourceMetadata() == null) {
        there.add(server); // Revision 2025-03-26, whose endpoints have default places.
      }
    }
    return claim != null && claimed && there.isEmpty() ? claim.servers() : there;
  }

  /**
   * Whether tokens of an endpoint may be for a server, as far as it says who issues them. That its
   * issuer is in the endpoint's origin is not enough: one origin may have several.
   */
  boolean issuesFor(URI endpoint, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    return document == null
        || (users(endpoint, Role.TOKEN).contains(server)
            && document.authorizationServers().stream()
                .anyMatch(issuer -> isIssuer(issuer, endpoint)));
  }

  /** The only server that an endpoint can be used for, or null: others may have the same issuer. */
  @Nullable McpServer onlyUser(URI url, Role role) {
    List<McpServer> users = users(url, role);
    return users.size() == 1 && isOnlyUser(users.get(0), Origin.of(url)) ? users.get(0) : null;
  }

  /** Whether every other server is known to have its issuers elsewhere. */
  boolean isOnlyUser(McpServer user, @Nullable Origin origin) {
    List<McpServer> named = origin == null ? List.of() : issuers.in(origin);
    for (McpServer other : servers.all()) {
      boolean elsewhere = other.discovery().isPublished() && !named.contains(other);
      if (other != user && !elsewhere) {
        return false;
      }
    }
    return true;
  }
}

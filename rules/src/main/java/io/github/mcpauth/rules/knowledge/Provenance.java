package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.Attribution.Evidence;
import io.github.mcpauth.rules.knowledge.Claims.Claim;
import io.github.mcpauth.rules.knowledge.Claims.Strength;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides why an exchange, a document or a token belongs to a server; nothing else in the project
 * does. The chain of evidence begins at the server's own URL:
 *
 * <ul>
 *   <li>a server's hint speaks for its own origin; of a document elsewhere only once the document
 *       names the server ({@link #confirms});
 *   <li>its resource metadata names its authorization servers; what is fetched from one's
 *       well-known URL names that one's endpoints ({@link #learn(AuthorizationServerMetadata,
 *       URI)});
 *   <li>a token request is a server's by the resource that it names, the login that it renews, or
 *       the client that was registered for it; where it goes says only whose it may be;
 *   <li>a token is a server's if it was asked for with that server's resource, or once the server
 *       has taken it.
 * </ul>
 *
 * <p>Never by time, and never by another party's word. Under the lock of the diagnosis, or its own
 * where it is asked without that one.
 */
public final class Provenance {

  private final McpServers servers;
  private final Logins logins;
  private final Claims claims = new Claims();
  private final Issuers issuers = new Issuers();
  private final RegisteredClients clients = new RegisteredClients();

  public Provenance(McpServers servers, Logins logins) {
    this.servers = servers;
    this.logins = logins;
    servers.whenForgotten(this::forget);
  }

  /** The role that a URL has, or that somebody says it has; null where nothing is known of it. */
  public @Nullable Role claimed(URI url) {
    Claim claim = claims.isEmpty() ? null : claimAt(url);
    return claim == null ? null : claim.role();
  }

  /** An authorization endpoint is named without the query that a request to it has. */
  private @Nullable Claim claimAt(URI url) {
    Claim claim = claims.at(ServerKey.of(url));
    Claim bare = claim == null && url.getRawQuery() != null ? claims.at(Urls.canonical(url)) : null;
    return bare != null && bare.role() == Role.AUTHORIZE ? bare : claim;
  }

  /** Whether a server, or an authorization server that one names, is in the URL's origin. */
  public boolean isOrigin(URI url) {
    Origin origin = issuers.isEmpty() ? null : Origin.of(url);
    return origin != null && issuers.isKnown(origin);
  }

  /** Whose an exchange is, and why; null where nothing says that it is any server's. */
  public synchronized @Nullable Attribution of(Exchange exchange) {
    Attribution known = servers.history().attribution(exchange.id());
    ExchangeHistory.Step before = known == null ? servers.history().before(exchange) : null;
    if (before != null) {
      Attribution led = before.attribution();
      known = led.isCertain() ? new Attribution(led.server(), Evidence.FOLLOWS) : led;
    }
    if (known == null) {
      known = decide(exchange);
    }
    if (known != null) {
      servers.touch(known.server());
    }
    return known;
  }

  private @Nullable Attribution decide(Exchange exchange) {
    URI url = exchange.request().url();
    return switch (exchange.role()) {
      case MCP -> endpoint(url);
      case PROTECTED_RESOURCE_METADATA -> resourceMetadata(url);
      case AUTHORIZATION_SERVER_METADATA -> serverMetadata(url);
      case TOKEN -> tokenRequest(exchange);
      case REGISTRATION, REVOCATION, AUTHORIZE, JWKS -> leg(exchange);
      case OTHER -> null;
    };
  }

  // ---- MCP: whoever is called at this URL, unless a stream of another server named it first.

  private @Nullable Attribution endpoint(URI url) {
    String key = ServerKey.of(url);
    Claim claim = claims.at(key);
    if (claim != null && claim.strength() == Strength.SPOKEN) {
      return new Attribution(claim.servers().get(0), Evidence.OWN_PLACE);
    }
    return key == null ? null : new Attribution(create(key, url), Evidence.OWN_PLACE);
  }

  private McpServer create(String key, URI url) {
    McpServer server = servers.create(key, url);
    claims.add(key, Role.MCP, Strength.SPOKEN, server);
    Origin origin = server.origin();
    if (origin != null) {
      issuers.home(origin, server);
    }
    return server;
  }

  /** A stream named the URL to post to (HTTP+SSE, 2024-11-05), which must be in its own origin. */
  public synchronized void streamNames(McpServer server, URI url) {
    String key = ServerKey.of(url);
    if (key == null || !server.speaksAt(url)) {
      return;
    }
    Claim claim = claims.at(key);
    if (claim == null || claim.strength() != Strength.SPOKEN) {
      claims.add(key, Role.MCP, Strength.SPOKEN, server);
      server.alsoAt(key);
    }
  }

  // ---- Protected resource metadata: in the server's own origin, or where the document says so.

  /** The server refused for want of credentials, and may have said where its metadata is. */
  public synchronized void challenged(McpServer server, @Nullable String hint) {
    URI named = hint == null ? null : Urls.parse(hint);
    URI url = named == null ? null : server.endpoint().resolve(named);
    Origin origin = server.origin();
    if (url != null && origin != null && !WellKnown.isProtectedResource(url.getRawPath())) {
      Strength strength = origin.contains(url) ? Strength.OWN_ORIGIN : Strength.ELSEWHERE;
      claims.add(ServerKey.of(url), Role.PROTECTED_RESOURCE_METADATA, strength, server);
    } else if (url != null && origin != null && !origin.contains(url)) {
      claims.add(ServerKey.of(url), Role.PROTECTED_RESOURCE_METADATA, Strength.ELSEWHERE, server);
    }
  }

  private @Nullable Attribution resourceMetadata(URI url) {
    List<McpServer> described = describedBy(url);
    if (!described.isEmpty()) {
      boolean alone = described.size() == 1;
      return new Attribution(
          likeliest(described), alone ? Evidence.OWN_PLACE : Evidence.SHARED_ISSUER);
    }
    Claim claim = claims.at(ServerKey.of(url));
    if (claim == null || claim.role() != Role.PROTECTED_RESOURCE_METADATA) {
      return null;
    }
    boolean own = claim.strength() == Strength.OWN_ORIGIN && claim.servers().size() == 1;
    return new Attribution(likeliest(claim.servers()), own ? Evidence.OWN_PLACE : Evidence.HEARSAY);
  }

  /**
   * The servers whose metadata is at a well-known URL: the one whose path is inserted there, else
   * those below it (RFC 9728 §3.1).
   */
  private List<McpServer> describedBy(URI metadata) {
    URI resource = WellKnown.describedAt(metadata);
    List<McpServer> exact = new ArrayList<>();
    List<McpServer> below = new ArrayList<>();
    for (McpServer server : resource == null ? List.<McpServer>of() : servers.all()) {
      if (resource != null && ServerKey.isAt(resource, server.endpoint())) {
        exact.add(server);
      } else if (resource != null && ServerKey.covers(resource, server.endpoint())) {
        below.add(server);
      }
    }
    return exact.isEmpty() ? below : exact;
  }

  /** Whether a document is a server's own: it is in its origin, or names the server. */
  public boolean confirms(McpServer server, ProtectedResourceMetadata document, URI url) {
    Origin origin = server.origin();
    URI named = Urls.parse(document.resource());
    return (origin != null && origin.contains(url))
        || (named != null && ServerKey.covers(named, server.endpoint()));
  }

  /**
   * Whose a document is that servers named in another origin, by its answer; null where it is no
   * such document, or names none of them.
   */
  public synchronized @Nullable Attribution confirmed(Exchange answer) {
    URI url = answer.request().url();
    ProtectedResourceMetadata document =
        answer.status() == 200 ? ProtectedResourceMetadata.parse(answer.responseBody()) : null;
    Claim claim = document == null || !document.isUsable() ? null : claims.at(ServerKey.of(url));
    for (McpServer server : claim == null ? List.<McpServer>of() : claim.servers()) {
      if (document != null && confirms(server, document, url)) {
        return new Attribution(server, Evidence.OWN_PLACE);
      }
    }
    return null;
  }

  /** The server's resource metadata names its authorization servers. */
  public synchronized void learn(McpServer server, ProtectedResourceMetadata document) {
    issuers.named(document.authorizationServers(), server);
  }

  // ---- Authorization servers: named by resource metadata, or in the server's own origin.

  private @Nullable Attribution serverMetadata(URI url) {
    List<McpServer> exact = issuers.describedAt(url);
    Origin origin = Origin.of(url);
    List<McpServer> all = !exact.isEmpty() || origin == null ? exact : issuers.in(origin);
    if (all.isEmpty()) {
      return null;
    }
    boolean its = !exact.isEmpty() || all.size() == 1;
    return new Attribution(
        likeliest(all), its ? Evidence.ISSUERS_DOCUMENT : Evidence.SHARED_ISSUER);
  }

  /** The host asks for the metadata of an issuer: from then on it may ask for tokens there. */
  public synchronized void visited(URI metadata) {
    Origin origin = Origin.of(metadata);
    if (origin != null) {
      issuers.visited(origin);
    }
  }

  /** Metadata of an authorization server, as it was fetched from a URL, names its endpoints. */
  public synchronized void learn(AuthorizationServerMetadata document, URI fetched) {
    Origin origin = Origin.of(fetched);
    for (McpServer server : origin == null ? List.<McpServer>of() : issuers.in(origin)) {
      String issuer = issuers.describedAt(fetched, server);
      boolean itself = issuer != null && isSame(issuer, document.issuer());
      endpoint(document.tokenEndpoint(), Role.TOKEN, origin, itself, server);
      endpoint(document.registrationEndpoint(), Role.REGISTRATION, origin, itself, server);
      endpoint(document.authorizationEndpoint(), Role.AUTHORIZE, origin, itself, server);
      // Of these, nothing but their place tells them from anybody else's requests.
      endpoint(document.revocationEndpoint(), Role.REVOCATION, origin, false, server);
      endpoint(document.jwksUri(), Role.JWKS, origin, false, server);
    }
  }

  /**
   * @param itself whether the document is the issuer's own: it may have endpoints elsewhere
   */
  private void endpoint(
      @Nullable String text, Role role, @Nullable Origin origin, boolean itself, McpServer server) {
    URI url = Urls.parse(text);
    boolean own = url != null && origin != null && origin.contains(url);
    if (url != null && (own || itself)) {
      Strength strength = own ? Strength.OWN_ORIGIN : Strength.ELSEWHERE;
      claims.add(ServerKey.of(url), role, strength, server);
    }
  }

  private static boolean isSame(String issuer, @Nullable String named) {
    return named != null && (named.equals(issuer) || stripped(named).equals(stripped(issuer)));
  }

  private static String stripped(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /** The servers that use an endpoint: by their issuer's metadata, or because it is there. */
  private List<McpServer> users(URI url, Role role) {
    Claim claim = claimAt(url);
    boolean claimed = claim != null && claim.role() == role;
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

  // ---- Requests at an authorization server: whose they are, they must say themselves.

  private @Nullable Attribution tokenRequest(Exchange exchange) {
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    URI url = exchange.request().url();
    List<McpServer> users = possible(users(url, Role.TOKEN), request.resource());
    McpServer named = ofResource(request.resource());
    if (named != null) {
      return new Attribution(named, Evidence.RESOURCE);
    }
    Login.Token source = logins.renews(request);
    List<McpServer> given =
        source == null ? List.of() : possible(source.login().servers(), request.resource());
    if (!given.isEmpty()) {
      return given.size() == 1 ? new Attribution(given.get(0), Evidence.LOGIN) : byIssuer(given);
    }
    return byClient(request.client(), url, users);
  }

  private @Nullable Attribution leg(Exchange exchange) {
    URI url = exchange.request().url();
    boolean asks = exchange.role() == Role.AUTHORIZE;
    FormParameters form = asks ? FormParameters.of(url) : FormParameters.of(Body.NONE);
    String resource = form.first("resource");
    List<McpServer> users = possible(users(url, exchange.role()), resource);
    McpServer named = ofResource(resource);
    if (named != null && users.contains(named)) {
      return new Attribution(named, Evidence.RESOURCE);
    }
    return byClient(Digest.of(form.first("client_id")), url, users);
  }

  private @Nullable Attribution byClient(@Nullable String client, URI url, List<McpServer> users) {
    McpServer its = users.size() == 1 ? clients.of(client, url) : null;
    return its != null && users.contains(its)
        ? new Attribution(its, Evidence.CLIENT)
        : byIssuer(users);
  }

  private static @Nullable Attribution byIssuer(List<McpServer> users) {
    if (users.isEmpty()) {
      return null;
    }
    return new Attribution(
        likeliest(users), users.size() == 1 ? Evidence.SOLE_ISSUER : Evidence.SHARED_ISSUER);
  }

  /** Of several, the one that wants a login; it says nothing of whose a token is. */
  private static McpServer likeliest(List<McpServer> users) {
    McpServer likeliest = users.get(0);
    for (McpServer each : users) {
      if (each.wantedLoginAfter(likeliest)) {
        likeliest = each;
      }
    }
    return likeliest;
  }

  /** Those whose request it may be: a resource in another origin is somebody else's. */
  private static List<McpServer> possible(Iterable<McpServer> users, @Nullable String resource) {
    URI named = Urls.parse(resource);
    Origin there = named == null ? null : Origin.of(named);
    List<McpServer> possible = new ArrayList<>();
    for (McpServer server : users) {
      if (there == null || there.equals(server.origin()) || publishes(server, resource)) {
        possible.add(server);
      }
    }
    return possible;
  }

  private static boolean publishes(McpServer server, @Nullable String resource) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    return document != null && resource != null && resource.equals(document.resource());
  }

  /**
   * A client was registered: for the one server that has this authorization server, if it can be no
   * other's.
   */
  public synchronized void registered(Exchange registration, @Nullable String client) {
    URI url = registration.request().url();
    List<McpServer> users = users(url, Role.REGISTRATION);
    if (users.size() == 1 && isOnlyUser(users.get(0))) {
      clients.add(client, url, users.get(0));
    }
  }

  /** Whether every other server that wants a login is known to have another issuer. */
  private boolean isOnlyUser(McpServer user) {
    for (McpServer other : servers.all()) {
      if (other != user && other.resourceMetadata() == null && !other.isOpen()) {
        return false;
      }
    }
    return true;
  }

  // ---- Tokens.

  /** The servers that a token asked for at this endpoint, with this request, is known to be for. */
  public synchronized List<McpServer> audience(TokenRequest request, URI endpoint) {
    McpServer named = ofResource(request.resource());
    return named != null && issuesFor(endpoint, named) ? List.of(named) : List.of();
  }

  /** Whether tokens of an endpoint may be for a server, as far as it says who issues them. */
  private boolean issuesFor(URI endpoint, McpServer server) {
    return server.resourceMetadata() == null || users(endpoint, Role.TOKEN).contains(server);
  }

  /** Every server that an exchange at an authorization server may be for. */
  public synchronized List<McpServer> candidates(Exchange exchange) {
    return users(exchange.request().url(), exchange.role());
  }

  /**
   * The one server that a resource is (RFC 8707 §2): its URL, or what its own metadata publishes if
   * that covers its URL, and no other server's.
   */
  public synchronized @Nullable McpServer ofResource(@Nullable String resource) {
    URI named = Urls.parse(resource);
    McpServer found = null;
    int covered = 0;
    boolean broad = false;
    for (McpServer server : named == null ? List.<McpServer>of() : servers.all()) {
      if (named == null || !server.isNamedBy(named)) {
        continue;
      }
      covered++;
      ProtectedResourceMetadata document = server.resourceMetadata();
      boolean exact = ServerKey.isAt(named, server.endpoint());
      boolean published = document != null && named.toString().equals(document.resource());
      if ((exact || published) && found != null) {
        return null;
      }
      if (exact || published) {
        found = server;
        broad = !exact;
      }
    }
    return broad && covered > 1 ? null : found;
  }

  private synchronized void forget(McpServer server) {
    claims.forget(server);
    issuers.forget(server);
    clients.forget(server);
  }
}

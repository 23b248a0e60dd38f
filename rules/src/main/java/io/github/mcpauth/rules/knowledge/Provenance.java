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
import io.github.mcpauth.rules.mcp.HeadFilter;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
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
  private final ResourceDocuments documents;
  private final Endpoints endpoints;
  private final Audiences audiences;

  public Provenance(McpServers servers, Logins logins) {
    this.servers = servers;
    this.logins = logins;
    this.documents = new ResourceDocuments(servers, claims);
    this.endpoints = new Endpoints(servers, claims, issuers);
    this.audiences = new Audiences(servers);
    servers.whenForgotten(this::forget);
  }

  /** The role that a URL has, or that somebody says it has; null where nothing is known of it. */
  public @Nullable Role claimed(URI url) {
    Claim claim = claims.isEmpty() ? null : endpoints.claimAt(url);
    return claim == null ? null : claim.role();
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
      boolean forgotten = servers.history().hasForgotten(exchange);
      if (known != null && forgotten && !exchange.isHome(exchange.request().url())) {
        known = new Attribution(known.server(), Evidence.LED_AWAY);
      }
    }
    if (known != null) {
      servers.touch(known.server());
    }
    return known;
  }

  private @Nullable Attribution decide(Exchange exchange) {
    URI url = exchange.request().url();
    return switch (exchange.role()) {
      case MCP -> message(exchange);
      case PROTECTED_RESOURCE_METADATA -> documents.of(url);
      case AUTHORIZATION_SERVER_METADATA -> endpoints.metadataOf(url);
      case TOKEN -> tokenRequest(exchange);
      case REGISTRATION, REVOCATION, AUTHORIZE, JWKS -> leg(exchange);
      // What lacks its form says nothing of whose it is: there is its place alone.
      case MISSHAPEN_TOKEN, MISSHAPEN_REGISTRATION ->
          Attribution.byIssuer(endpoints.users(url, exchange.role()));
      case OTHER -> null;
    };
  }

  /** MCP: whoever is called at this URL, unless a stream of another server named it first. */
  private @Nullable Attribution message(Exchange exchange) {
    URI url = exchange.request().url();
    String key = ServerKey.of(url);
    Claim claim = claims.at(key);
    Evidence evidence =
        exchange.request().isToAnotherHost() ? Evidence.SHARED_ADDRESS : Evidence.OWN_PLACE;
    McpServer known =
        claim != null && claim.strength() == Strength.SPOKEN ? claim.servers().get(0) : null;
    if (known != null && key != null && !known.url().equals(key) && isConnected(exchange)) {
      known.notAt(key);
      claims.withdraw(key, known);
      known = null;
    }
    if (known != null) {
      return new Attribution(known, evidence);
    }
    return key == null ? null : new Attribution(create(key, url), evidence);
  }

  /**
   * Whether the host begins with a server there, over Streamable HTTP: the URL is that server's
   * own, whatever a stream of its neighbour said before. HTTP+SSE knows no such request, but
   * clients that speak both send one, to a URL with the stream's session in its query.
   */
  private static boolean isConnected(Exchange exchange) {
    return exchange.request().method().equals("POST")
        && !ServerKey.namesSession(exchange.request().url())
        && McpMethods.isConnect(McpMethods.of(exchange.requestBody()))
        && HeadFilter.acceptsBoth(HeadFilter.of(exchange.request()));
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

  /** A token request must itself say whose it is: where it goes says only whose it may be. */
  private @Nullable Attribution tokenRequest(Exchange exchange) {
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    URI url = exchange.request().url();
    String resource = request.resource();
    McpServer named = audiences.of(resource);
    if (named != null) {
      return new Attribution(named, Evidence.RESOURCE);
    }
    Login.Token source = logins.renews(request);
    List<McpServer> given =
        source == null ? List.of() : Audiences.possible(source.login().servers(), resource);
    if (!given.isEmpty()) {
      return given.size() == 1 && source != null && source.value().isRenewedBy(request)
          ? new Attribution(given.get(0), Evidence.LOGIN)
          : Attribution.byIssuer(given);
    }
    List<McpServer> users = Audiences.possible(endpoints.users(url, Role.TOKEN), resource);
    URI audience = Urls.parse(request.audience());
    boolean names = audience != null && Origin.of(audience) != null; // Others have names for it.
    return byClient(
        request.client(), url, names ? Audiences.possible(users, request.audience()) : users);
  }

  private @Nullable Attribution leg(Exchange exchange) {
    URI url = exchange.request().url();
    boolean asks = exchange.role() == Role.AUTHORIZE;
    FormParameters form = asks ? FormParameters.of(url) : FormParameters.of(Body.NONE);
    String resource = form.first("resource");
    List<McpServer> users = Audiences.possible(endpoints.users(url, exchange.role()), resource);
    McpServer named = audiences.of(resource);
    if (named != null && users.contains(named)) {
      return new Attribution(named, Evidence.RESOURCE);
    }
    return byClient(Digest.of(form.first("client_id")), url, users);
  }

  private @Nullable Attribution byClient(@Nullable String client, URI url, List<McpServer> users) {
    McpServer its = users.size() == 1 ? clients.of(client, url) : null;
    // One that does not want a login now is not asked for one: the client is used for somebody
    // else. So it may be since it was registered: where others log in may have changed.
    return its != null
            && endpoints.isOnlyUser(its, Origin.of(url))
            && users.contains(its)
            && its.progress().waitingSince() != null
        ? new Attribution(its, Evidence.CLIENT)
        : Attribution.byIssuer(users);
  }

  // ---- What the answers say of whose a URL, a client or a document is.

  /** A stream named the URL to post to (HTTP+SSE, 2024-11-05), which must be in its own origin. */
  public synchronized void streamNames(McpServer server, URI url) {
    String key = ServerKey.of(url);
    if (key == null || !server.speaksAt(url) || WellKnown.isDocument(url.getRawPath())) {
      return; // What is at the well-known URLs, the specifications say.
    }
    Claim claim = claims.at(key);
    if (claim == null || claim.strength() != Strength.SPOKEN) {
      claims.add(key, Role.MCP, Strength.SPOKEN, server);
      server.alsoAt(key);
    }
  }

  /** The server refused for want of credentials, and may have said where its metadata is. */
  public synchronized void challenged(McpServer server, @Nullable String hint) {
    documents.named(server, hint);
  }

  /** Whether a document is a server's own: it is in its origin, or names the server. */
  public boolean confirms(McpServer server, ProtectedResourceMetadata document, URI url) {
    return ResourceDocuments.confirms(server, document, url);
  }

  /**
   * Whose a document is that servers named in another origin, by its answer; null where it is no
   * such document, or names none of them.
   */
  public synchronized @Nullable Attribution confirmed(Exchange answer) {
    return documents.confirmed(answer);
  }

  /** The server's resource metadata names its authorization servers. */
  public synchronized void learn(McpServer server, ProtectedResourceMetadata document) {
    issuers.named(document.authorizationServers(), server);
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
    endpoints.learn(document, fetched);
  }

  /**
   * A client was registered: for the one server that has this authorization server, if it can be no
   * other's.
   */
  public synchronized void registered(Exchange registration, @Nullable String client) {
    URI url = registration.request().url();
    McpServer user = endpoints.onlyUser(url, Role.REGISTRATION);
    if (user != null) {
      clients.add(client, url, user);
    }
  }

  // ---- Whose a token is.

  /** The servers that a token asked for at this endpoint, with this request, is known to be for. */
  public synchronized List<McpServer> audience(TokenRequest request, URI endpoint) {
    McpServer named = audiences.of(request.resource());
    return named != null && endpoints.issuesFor(endpoint, named) ? List.of(named) : List.of();
  }

  /** A server took a token of a client: it is not another server's alone. */
  public synchronized void taken(@Nullable String client, McpServer server) {
    clients.shared(client, server);
  }

  /**
   * Whether the one who issues tokens at an endpoint speaks for an issuer: by the issuer's own
   * metadata, else by its path, since one origin may have several.
   */
  public synchronized boolean isIssuer(@Nullable String issuer, URI endpoint) {
    return endpoints.isIssuer(issuer, endpoint);
  }

  /** Every server that an exchange at an authorization server may be for. */
  public synchronized List<McpServer> candidates(Exchange exchange) {
    return endpoints.users(exchange.request().url(), exchange.role());
  }

  /** The one server that a resource names (RFC 8707 §2), or null. */
  public synchronized @Nullable McpServer ofResource(@Nullable String resource) {
    return audiences.of(resource);
  }

  private synchronized void forget(McpServer server) {
    claims.forget(server);
    issuers.forget(server);
    clients.forget(server);
  }
}

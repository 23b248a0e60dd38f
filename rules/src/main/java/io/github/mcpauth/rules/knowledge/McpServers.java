package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The journeys of all MCP servers, and which URL belongs to which. Bounded: the server that was
 * least recently used is forgotten first.
 */
public final class McpServers {

  private static final int MOST_SERVERS = 256;
  private static final int MOST_URLS = 4096;
  private static final Duration WAITING = Duration.ofMinutes(10);

  /** A URL that a server brought up. */
  private record Place(Role role, McpServer server) {}

  private final InstantSource clock;
  private final Trail trail = new Trail();
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Set<String> shared = ConcurrentHashMap.newKeySet();
  private final Map<Origin, McpServer> origins = new ConcurrentHashMap<>();
  private final Map<String, McpServer> servers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, McpServer> eldest) {
          if (size() <= MOST_SERVERS) {
            return false;
          }
          forget(eldest.getValue());
          return true;
        }
      };

  private volatile @Nullable Instant lastChallenge;
  private volatile @Nullable McpServer lastChallenged;

  public McpServers(InstantSource clock) {
    this.clock = clock;
  }

  /** The role that an earlier exchange gave a URL, or null. */
  public @Nullable Role knownRole(URI url) {
    if (places.isEmpty()) {
      return null;
    }
    String canonical = Urls.canonical(url);
    Place place = canonical == null ? null : places.get(canonical);
    return place == null ? null : place.role();
  }

  /** Whether an authorization server at this URL is one of a server's. */
  public boolean concerns(URI url) {
    Origin origin = Origin.of(url);
    return anyWaiting() || (origin != null && origins.containsKey(origin));
  }

  /** Whether a server refused for want of credentials lately, so that OAuth legs are due. */
  public boolean anyWaiting() {
    Instant last = lastChallenge;
    return last != null && Duration.between(last, clock.instant()).compareTo(WAITING) < 0;
  }

  /** The server that an exchange belongs to; made for an MCP request, else null where unknown. */
  public @Nullable McpServer of(Exchange exchange) {
    Trail.Step before = trail.before(exchange);
    if (before != null) {
      return touch(before.server());
    }
    URI url = exchange.request().url();
    String canonical = Urls.canonical(url);
    if (canonical == null) {
      return null;
    }
    Place place = places.get(canonical);
    if (place != null) {
      return touch(
          place.role() == Role.TOKEN ? askedFor(exchange, canonical, place) : place.server());
    }
    if (exchange.role() == Role.MCP) {
      return create(canonical, url);
    }
    if (exchange.role() == Role.PROTECTED_RESOURCE_METADATA) {
      McpServer exact = byResourceMetadata(url);
      if (exact != null) {
        return exact;
      }
    }
    McpServer waiting = anyWaiting() ? lastChallenged : null;
    Origin origin = Origin.of(url);
    McpServer same = origin == null ? null : origins.get(origin);
    boolean waitingThere = waiting != null && origin != null && origin.equals(waiting.origin());
    return same == null || waitingThere ? waiting : same;
  }

  /** A token endpoint may serve several MCP servers: the resource tells which (RFC 8707 §2). */
  private McpServer askedFor(Exchange exchange, String canonical, Place place) {
    URI resource = Urls.parse(FormParameters.of(exchange.requestBody()).first("resource"));
    McpServer named = resource == null ? null : at(Urls.canonical(resource));
    if (named != null) {
      return named;
    }
    McpServer waiting = lastChallenged;
    return shared.contains(canonical) && waiting != null && anyWaiting() ? waiting : place.server();
  }

  /** Whether more than one MCP server uses this endpoint. */
  public boolean isShared(URI endpoint) {
    String canonical = Urls.canonical(endpoint);
    return canonical != null && shared.contains(canonical);
  }

  private synchronized McpServer create(String canonical, URI url) {
    McpServer server = servers.get(canonical);
    if (server == null) {
      server = new McpServer(canonical, url, trail);
      servers.put(canonical, server);
    }
    place(canonical, Role.MCP, server);
    Origin origin = server.origin();
    if (origin != null) {
      origins.putIfAbsent(origin, server);
    }
    return server;
  }

  private synchronized McpServer touch(McpServer server) {
    servers.get(server.url());
    return server;
  }

  private synchronized @Nullable McpServer byResourceMetadata(URI url) {
    for (McpServer server : servers.values()) {
      if (url.equals(WellKnown.protectedResource(server.endpoint()).get(0))) {
        return server;
      }
    }
    return null;
  }

  /** Forgets the tokens that have expired. */
  public synchronized void forgetExpiredTokens() {
    Instant now = clock.instant();
    for (McpServer server : servers.values()) {
      server.tokens().forgetExpired(now);
    }
  }

  /** Remembers an exchange for those that follow from it. */
  public void remember(Exchange exchange, McpServer server) {
    trail.add(exchange, server);
  }

  /** The server at this URL, if it is known. */
  public synchronized @Nullable McpServer at(@Nullable String canonical) {
    return canonical == null ? null : servers.get(canonical);
  }

  /** The server refused for want of credentials: OAuth legs without a home are its. */
  public void challenged(McpServer server, @Nullable String hint) {
    Instant now = clock.instant();
    server.challenged(now, hint);
    URI named = Urls.parse(hint);
    if (named != null) {
      // Wherever it leads, what the host asks for there is the resource's metadata.
      endpoint(
          server.endpoint().resolve(named).toString(), Role.PROTECTED_RESOURCE_METADATA, server);
    }
    lastChallenge = now;
    lastChallenged = server;
  }

  /** A stream named the URL to post to (HTTP+SSE transport, 2024-11-05). */
  public void alsoAt(McpServer server, URI url) {
    String canonical = Urls.canonical(url);
    if (canonical != null) {
      place(canonical, Role.MCP, server);
    }
  }

  /** The server's metadata names its authorization servers. */
  public void learn(McpServer server, ProtectedResourceMetadata document) {
    for (String issuer : document.authorizationServers()) {
      URI url = Urls.parse(issuer);
      Origin origin = url == null ? null : Origin.of(url);
      if (origin != null && origins.size() < MOST_URLS) {
        origins.putIfAbsent(origin, server);
      }
    }
  }

  /** An authorization server's metadata names its endpoints. */
  public void learn(McpServer server, AuthorizationServerMetadata document) {
    endpoint(document.tokenEndpoint(), Role.TOKEN, server);
    endpoint(document.registrationEndpoint(), Role.REGISTRATION, server);
    endpoint(document.revocationEndpoint(), Role.REVOCATION, server);
    endpoint(document.authorizationEndpoint(), Role.AUTHORIZE, server);
    endpoint(document.jwksUri(), Role.JWKS, server);
  }

  private void endpoint(@Nullable String text, Role role, McpServer server) {
    URI url = Urls.parse(text);
    String canonical = url == null ? null : Urls.canonical(url);
    if (canonical != null) {
      place(canonical, role, server);
    }
  }

  private void place(String canonical, Role role, McpServer server) {
    Place known = places.get(canonical);
    if (known != null && known.server() != server) {
      shared.add(canonical);
    }
    if (places.size() < MOST_URLS) {
      places.putIfAbsent(canonical, new Place(role, server));
    }
  }

  private void forget(McpServer server) {
    places
        .entrySet()
        .removeIf(
            place -> {
              boolean its = place.getValue().server() == server;
              if (its) {
                shared.remove(place.getKey());
              }
              return its;
            });
    origins.values().removeIf(known -> known == server);
    if (lastChallenged == server) {
      lastChallenged = null;
    }
  }
}

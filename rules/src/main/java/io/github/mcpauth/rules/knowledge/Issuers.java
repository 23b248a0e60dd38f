package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which authorization servers the MCP servers name in their resource metadata, and whether the host
 * went there. A server of revision 2025-03-26 has no such metadata: its own origin is its issuer.
 * Changed under the lock of {@link Provenance}; whether an origin is known is read without one.
 */
final class Issuers {

  private static final int MOST_OF_ONE = 16;
  private static final int MOST_ORIGINS = 2048;
  private static final int LONGEST = 1024;

  /** What is named in one origin: by whom, and whether the host looked for its metadata. */
  private static final class Place {
    final Map<McpServer, Set<String>> named = new LinkedHashMap<>();
    final Set<McpServer> homes = new LinkedHashSet<>();
    boolean visited;

    boolean isEmpty() {
      return named.isEmpty() && homes.isEmpty();
    }

    /**
     * What a server means by its issuer here: what it names, else, if it is at home, the origin.
     */
    Set<String> issuers(McpServer server, Origin origin) {
      Set<String> its = named.get(server);
      return its != null ? its : homes.contains(server) ? Set.of(origin.toString()) : Set.of();
    }

    Set<McpServer> all() {
      Set<McpServer> all = new LinkedHashSet<>(named.keySet());
      all.addAll(homes);
      return all;
    }
  }

  private final Map<Origin, Place> places = new ConcurrentHashMap<>();

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Whether a server names an issuer in this origin, or is there itself. */
  boolean isKnown(Origin origin) {
    return places.containsKey(origin);
  }

  /** A server is in an origin, which is its issuer unless it names another one. */
  void home(Origin origin, McpServer server) {
    if (places.size() < MOST_ORIGINS || places.containsKey(origin)) {
      places.computeIfAbsent(origin, any -> new Place()).homes.add(server);
    }
  }

  /** A server's metadata names its issuers: these, and no longer any other. */
  void named(List<String> issuers, McpServer server) {
    places.values().forEach(place -> place.named.remove(server));
    for (String issuer : issuers) {
      URI url = issuer.length() > LONGEST ? null : Urls.parse(issuer);
      Origin origin = url == null ? null : Origin.of(url);
      if (origin != null) {
        name(origin, issuer, server);
      }
    }
    places.values().removeIf(Place::isEmpty);
  }

  private void name(Origin origin, String issuer, McpServer server) {
    if (places.size() >= MOST_ORIGINS && !places.containsKey(origin)) {
      return;
    }
    Place place = places.computeIfAbsent(origin, any -> new Place());
    Set<String> its = place.named.computeIfAbsent(server, any -> new LinkedHashSet<>());
    if (its.size() < MOST_OF_ONE) {
      its.add(issuer);
    }
  }

  /** The host asked for the metadata of an issuer there. */
  void visited(Origin origin) {
    Place place = places.get(origin);
    if (place != null) {
      place.visited = true;
    }
  }

  /** Whether the host went there by a server's word. */
  boolean isVisited(Origin origin) {
    Place place = places.get(origin);
    return place != null && place.visited;
  }

  /** The servers that name an issuer in an origin, or are there themselves. */
  List<McpServer> in(Origin origin) {
    Place place = places.get(origin);
    return place == null ? List.of() : List.copyOf(place.all());
  }

  /** Those that name an issuer there, or are there and name none anywhere. */
  List<McpServer> usersOf(Origin origin) {
    List<McpServer> users = new ArrayList<>();
    Place place = places.get(origin);
    for (McpServer server : place == null ? Set.<McpServer>of() : place.all()) {
      if (place != null && (place.named.containsKey(server) || server.resourceMetadata() == null)) {
        users.add(server);
      }
    }
    return users;
  }

  /** Those that name an issuer one of whose well-known URLs this is. */
  List<McpServer> describedAt(URI metadata) {
    Origin origin = Origin.of(metadata);
    Place place = origin == null ? null : places.get(origin);
    List<McpServer> servers = new ArrayList<>();
    if (place != null && origin != null) {
      for (McpServer server : place.all()) {
        if (issuer(place.issuers(server, origin), metadata) != null) {
          servers.add(server);
        }
      }
    }
    return servers;
  }

  /** The issuer of a server one of whose well-known URLs this is, or null. */
  @Nullable String describedAt(URI metadata, McpServer server) {
    Origin origin = Origin.of(metadata);
    Place place = origin == null ? null : places.get(origin);
    return place == null || origin == null ? null : issuer(place.issuers(server, origin), metadata);
  }

  private static @Nullable String issuer(Set<String> issuers, URI metadata) {
    for (String issuer : issuers) {
      URI url = Urls.parse(issuer);
      if (url != null && WellKnown.authorizationServer(url).contains(metadata)) {
        return issuer;
      }
    }
    return null;
  }

  void forget(McpServer server) {
    places
        .values()
        .removeIf(
            place -> {
              place.named.remove(server);
              place.homes.remove(server);
              return place.isEmpty();
            });
  }
}

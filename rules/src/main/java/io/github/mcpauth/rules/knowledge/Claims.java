package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that servers have, or have named, and as what. A claim never displaces a better one, so
 * that nobody's answer moves a URL away from the server that has it. Read without a lock; changed
 * under that of {@link Provenance}. Bounded for each server: one that names ever new URLs loses its
 * own oldest.
 */
final class Claims {

  private static final int MOST_OF_ONE = 32;
  private static final int MOST_SERVERS_OF_ONE = 16;
  private static final int MOST = 4096;

  /** How good a claim is, the best first. */
  enum Strength {
    /** MCP was spoken there. */
    SPOKEN,
    /** The URL is in the origin of the one who named it. */
    OWN_ORIGIN,
    /** It is in another origin. */
    ELSEWHERE
  }

  /** Who claims a URL; several where servers share an authorization server. */
  record Claim(Role role, Strength strength, List<McpServer> servers) {

    boolean isBetterThan(Strength other) {
      return strength.compareTo(other) < 0;
    }
  }

  private final Map<String, Claim> claims = new ConcurrentHashMap<>();
  private final Map<McpServer, Set<String>> byServer = new HashMap<>();

  boolean isEmpty() {
    return claims.isEmpty();
  }

  @Nullable Claim at(@Nullable String key) {
    return key == null ? null : claims.get(key);
  }

  void add(@Nullable String key, Role role, Strength strength, McpServer server) {
    Claim known = at(key);
    if (key == null || (known == null && claims.size() >= MOST)) {
      return;
    }
    if (known != null && known.isBetterThan(strength)) {
      return;
    }
    boolean better = known == null || known.strength().compareTo(strength) > 0;
    if (better) {
      replace(key, new Claim(role, strength, List.of(server)));
    } else if (known != null && known.role() == role && !known.servers().contains(server)) {
      join(key, known, server);
    }
  }

  private void join(String key, Claim known, McpServer server) {
    if (known.servers().size() < MOST_SERVERS_OF_ONE) {
      List<McpServer> servers = new ArrayList<>(known.servers());
      servers.add(server);
      replace(key, new Claim(known.role(), known.strength(), List.copyOf(servers)));
    }
  }

  private void replace(String key, Claim claim) {
    claims.put(key, claim);
    for (McpServer server : claim.servers()) {
      Set<String> its = byServer.computeIfAbsent(server, any -> new LinkedHashSet<>());
      its.add(key);
      if (its.size() > MOST_OF_ONE) {
        withdraw(oldest(its, server), server);
      }
    }
  }

  /** Never the server's own URL, which it would not be known by without. */
  private static String oldest(Set<String> keys, McpServer server) {
    for (String key : keys) {
      if (!key.equals(server.url())) {
        return key;
      }
    }
    throw new IllegalStateException("more claims than keys");
  }

  /** A server has a URL no longer. */
  void withdraw(String key, McpServer server) {
    Set<String> its = byServer.get(server);
    if (its != null) {
      its.remove(key);
    }
    Claim claim = claims.get(key);
    if (claim != null && claim.servers().contains(server)) {
      List<McpServer> left = new ArrayList<>(claim.servers());
      left.remove(server);
      if (left.isEmpty()) {
        claims.remove(key);
      } else {
        claims.put(key, new Claim(claim.role(), claim.strength(), List.copyOf(left)));
      }
    }
  }

  void forget(McpServer server) {
    for (String key : List.copyOf(byServer.getOrDefault(server, Set.of()))) {
      withdraw(key, server);
    }
    byServer.remove(server);
  }
}

package io.github.mcpauth.rules.knowledge;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Origin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The MCP servers that are known, each by what tells it apart. Bounded: the server that was least
 * recently used is forgotten first. Whose an exchange is, {@link Provenance} decides.
 */
public final class McpServers {

  private static final int MOST_SERVERS = 256;
  private static final Duration WAITING = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final ExchangeHistory history = new ExchangeHistory();
  private final BoundedMap<String, McpServer> servers = BoundedMap.byAccess(MOST_SERVERS);
  private volatile @Nullable Instant lastChallenge;

  public McpServers(InstantSource clock) {
    this.clock = clock;
  }

  /** Who is to hear of servers that are forgotten. */
  void whenForgotten(Consumer<McpServer> told) {
    servers.whenForgotten(told);
  }

  /** Whether a server refused for want of credentials lately, so that OAuth legs are due. */
  public boolean anyWaiting() {
    Instant last = lastChallenge;
    return last != null && Duration.between(last, clock.instant()).compareTo(WAITING) < 0;
  }

  /** The server refused for want of credentials. */
  public void challenged(McpServer server, @Nullable String hint) {
    Instant now = clock.instant();
    server.challenged(now, hint);
    lastChallenge = now;
  }

  synchronized McpServer create(String key, URI url) {
    McpServer server = servers.get(key);
    if (server == null) {
      server = new McpServer(key, url, this);
      servers.put(key, server);
    }
    return server;
  }

  /** It was used: others are forgotten before it. */
  synchronized void touch(McpServer server) {
    servers.get(server.url());
  }

  /** The server with a key, or null. */
  synchronized @Nullable McpServer at(@Nullable String key) {
    return key == null ? null : servers.get(key);
  }

  synchronized List<McpServer> all() {
    return new ArrayList<>(servers.values());
  }

  /** The servers in an origin. */
  synchronized List<McpServer> in(Origin origin) {
    List<McpServer> there = new ArrayList<>();
    for (McpServer server : servers.values()) {
      if (origin.equals(server.origin())) {
        there.add(server);
      }
    }
    return there;
  }

  /** Forgets what led to what long ago: it has credentials in it, which are due to expire. */
  public void forgetOld() {
    history.forgetOld(clock.instant());
  }

  /** The exchanges that were under way lately. */
  ExchangeHistory history() {
    return history;
  }

  /** Remembers an exchange for those that follow from it. */
  public void remember(Exchange exchange, Attribution attribution) {
    history.add(exchange, attribution);
  }
}

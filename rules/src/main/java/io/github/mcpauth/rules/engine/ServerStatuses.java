package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each MCP server that is not connected once nothing happens any more, whether or not a
 * rule fired; once for each state and reason, and once when it is connected again. Confined to the
 * lock of the diagnosis.
 */
final class ServerStatuses {

  private static final int MOST = 256;
  private static final int MOST_OF_ONE = 64;

  private static final Duration QUIET = Duration.ofSeconds(3);

  /** A server may take its time to answer, and the first time even more so. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** A person reads a page and types a password. */
  private static final Duration LOGIN = Duration.ofMinutes(1);

  /** What was told last of a server. */
  private record Told(ServerState state, @Nullable String rule) {}

  private static final class Watched {
    final McpServer server;
    final Map<String, Finding> findings = new BoundedMap<>(MOST_OF_ONE);
    final Set<Long> open = BoundedMap.set(MOST_OF_ONE);
    Instant active;
    @Nullable Exchange newest;
    @Nullable Finding newestError;
    @Nullable Told told;

    Watched(McpServer server, Instant now) {
      this.server = server;
      this.active = now;
    }

    void forgetContents(Instant before) {
      Exchange last = newest;
      if (last != null && active.isBefore(before)) {
        newest = last.withoutContents();
      }
    }
  }

  /** How long it is kept what the newest exchange carried. */
  private static final Duration WHOLE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Listener listener;
  private final Map<String, Watched> servers = new BoundedMap<>(MOST);

  ServerStatuses(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** A request left. */
  void sent(Exchange exchange, McpServer server) {
    Watched its = active(exchange, server);
    if (!isStream(exchange)) {
      its.open.add(exchange.id());
    }
  }

  /** A head arrived. */
  void answered(Exchange exchange, McpServer server) {
    active(exchange, server);
  }

  /** It is over, well or badly. */
  void ended(Exchange exchange, McpServer server) {
    active(exchange, server).open.remove(exchange.id());
  }

  /** A finding about a server was told. */
  void found(Finding finding, McpServer server) {
    if (finding.severity() != Severity.NOTE && !Causes.isIndependent(finding.rule())) {
      Watched its = watched(server);
      its.findings.put(finding.rule(), finding);
      its.newestError = finding.severity() == Severity.ERROR ? finding : its.newestError;
    }
  }

  /**
   * Time passed.
   *
   * @param all whether the process ends: nothing more will happen
   */
  void tick(boolean all) {
    Instant now = clock.instant();
    for (Watched its : servers.values()) {
      its.forgetContents(now.minus(WHOLE));
      ServerState state = its.server.state();
      if (state == ServerState.CONNECTED) {
        connected(its);
      } else if (state != null && (all || !its.active.plus(patience(its)).isAfter(now))) {
        tell(its, state);
      }
    }
  }

  private Watched active(Exchange exchange, McpServer server) {
    Watched its = watched(server);
    its.active = clock.instant();
    its.newest = exchange;
    return its;
  }

  private Watched watched(McpServer server) {
    Watched known = servers.get(server.url());
    if (known == null || known.server != server) {
      known = new Watched(server, clock.instant());
      servers.put(server.url(), known);
    }
    return known;
  }

  private static boolean isStream(Exchange exchange) {
    return exchange.role() == Role.MCP && exchange.request().method().equals("GET");
  }

  private static Duration patience(Watched its) {
    ServerState state = its.server.state();
    if (state == ServerState.AUTHORIZING && !its.server.tokens().everRequested()) {
      return LOGIN;
    }
    return state == ServerState.CONNECTING || !its.open.isEmpty() ? ANSWER : QUIET;
  }

  private void connected(Watched its) {
    its.findings.clear();
    its.newestError = null;
    if (its.told != null) {
      its.told = null;
      listener.stands(ServerWords.recovered(its.server, its.newest));
    }
  }

  private void tell(Watched its, ServerState state) {
    Finding finding = explanation(its);
    Told now = new Told(state, finding == null ? null : finding.rule());
    if (!now.equals(its.told)) {
      its.told = now;
      listener.stands(ServerWords.of(its.server, finding, its.newest));
    }
  }

  private static @Nullable Finding explanation(Watched its) {
    String reason = its.server.reason();
    Finding named = reason == null ? null : its.findings.get(reason);
    return named == null ? its.newestError : named;
  }
}

package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls that have no answer yet, by their exchange and by their server. Bounded: where there
 * are too many, the server that has the most loses its eldest, so that a busy one does not make
 * those of another be forgotten. Confined to the lock of the diagnosis.
 */
final class OpenCalls {

  private static final int MOST = 1024;

  private final Map<Long, List<OpenCall>> byExchange = new HashMap<>();
  private final Map<McpServer, Set<OpenCall>> byServer = new LinkedHashMap<>();
  private int size;

  void add(OpenCall call) {
    if (size == MOST) {
      forgetOne();
    }
    byExchange.computeIfAbsent(call.exchange().id(), id -> new ArrayList<>(1)).add(call);
    byServer.computeIfAbsent(call.server(), server -> new LinkedHashSet<>()).add(call);
    size++;
  }

  /** Those that an exchange carried. */
  List<OpenCall> of(Exchange exchange) {
    List<OpenCall> own = byExchange.get(exchange.id());
    return own == null ? List.of() : new ArrayList<>(own);
  }

  /** Those at a server, the eldest first. */
  List<OpenCall> at(McpServer server) {
    Set<OpenCall> its = byServer.get(server);
    return its == null ? List.of() : new ArrayList<>(its);
  }

  /** All, the eldest of each server first. */
  List<OpenCall> all() {
    List<OpenCall> all = new ArrayList<>(size);
    byServer.values().forEach(all::addAll);
    return all;
  }

  /** Whether the call was open; it is not any more. */
  boolean forget(OpenCall call) {
    List<OpenCall> own = byExchange.get(call.exchange().id());
    Set<OpenCall> its = byServer.get(call.server());
    if (own == null || its == null || !own.remove(call)) {
      return false;
    }
    if (own.isEmpty()) {
      byExchange.remove(call.exchange().id());
    }
    its.remove(call);
    if (its.isEmpty()) {
      byServer.remove(call.server());
    }
    size--;
    return true;
  }

  /** Those that an exchange carried are no longer open. */
  void forgetAll(long exchangeId) {
    List<OpenCall> own = byExchange.get(exchangeId);
    for (OpenCall call : own == null ? List.<OpenCall>of() : new ArrayList<>(own)) {
      forget(call);
    }
  }

  private void forgetOne() {
    Set<OpenCall> most = Set.of();
    for (Set<OpenCall> its : byServer.values()) {
      most = its.size() > most.size() ? its : most;
    }
    forget(most.iterator().next());
  }
}

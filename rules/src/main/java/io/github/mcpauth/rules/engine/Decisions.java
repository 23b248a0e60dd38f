package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.fix.Fixes;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of requests and answers where a fix is enabled: the fixes are asked under the lock
 * of the diagnosis, and act on what is a server's for certain.
 */
final class Decisions {

  private final Fixes fixes;
  private final McpServers servers;
  private final Provenance provenance;
  private final PhaseObserver observer;
  private final ReadAhead readAhead;
  private final Object lock;

  /**
   * @param lock the diagnosis's, under which fixes, servers and observer are
   */
  Decisions(
      Fixes fixes,
      McpServers servers,
      Provenance provenance,
      PhaseObserver observer,
      ReadAhead readAhead,
      Object lock) {
    this.fixes = fixes;
    this.servers = servers;
    this.provenance = provenance;
    this.observer = observer;
    this.readAhead = readAhead;
    this.lock = lock;
  }

  /** What becomes of a request before it leaves. */
  RequestDecision beforeSend(Exchange exchange) {
    Attribution its = fixes.none() ? null : provenance.of(exchange);
    if (its == null) {
      return RequestDecision.SEND_AS_IS;
    }
    readAhead.ahead(exchange);
    synchronized (lock) {
      if (!its.isCertain()) {
        fixes.unsure(exchange, its.server());
        return RequestDecision.SEND_AS_IS;
      }
      RequestDecision decision = fixes.edit(exchange, its.server());
      if (decision instanceof RequestDecision.Send) {
        servers.remember(exchange, its); // Wherever it goes now.
      }
      return decision;
    }
  }

  /** Whether a fix carries out the redirect in this answer, which the client would follow. */
  boolean takesRedirect(Exchange exchange) {
    if (fixes.none()) {
      return false;
    }
    readAhead.ahead(exchange);
    McpServer server = repairable(exchange);
    synchronized (lock) {
      return fixes.takesRedirect(exchange, server);
    }
  }

  /**
   * What becomes of a request that a client makes by itself: of a redirect, of a challenge, or for
   * a second time.
   *
   * @param before an exchange of the same call
   */
  RequestDecision editNext(Exchange before, RequestHead next) {
    if (fixes.none() || before.isHome(next.url())) {
      return RequestDecision.SEND_AS_IS;
    }
    synchronized (lock) {
      return fixes.editNext(before, next);
    }
  }

  /** The host got the answer that {@link #beforeSend} waited for, from memory. */
  void served(Exchange exchange) {
    synchronized (lock) {
      fixes.served(exchange);
    }
  }

  /** What {@link #decide} wanted sent was not: the host has the answer that came. */
  void notReplayed(Exchange exchange) {
    synchronized (lock) {
      fixes.notReplayed(exchange);
    }
  }

  /** Whether {@link #decide} wants to see the (short) body of this response as well. */
  boolean needsBody(Exchange exchange) {
    if (fixes.none()) {
      return false;
    }
    McpServer server = repairable(exchange);
    synchronized (lock) {
      return fixes.needsBody(exchange, server);
    }
  }

  /** What becomes of a response before the host sees it. */
  ResponseDecision decide(Exchange exchange) {
    if (fixes.none()) {
      return ResponseDecision.DELIVER_AS_IS;
    }
    readAhead.ahead(exchange);
    McpServer server = repairable(exchange);
    synchronized (lock) {
      ResponseDecision decision = fixes.decide(exchange, server);
      if (server != null && decision instanceof ResponseDecision.Answer answer) {
        observer.served(exchange, answer, server);
      }
      return decision;
    }
  }

  /** Whose an exchange is for certain: fixes act on nothing else, but for what keeps it at home. */
  @Nullable McpServer repairable(Exchange exchange) {
    Attribution its = provenance.of(exchange);
    return its == null || !its.isCertain() ? null : its.server();
  }

  /** An exchange is over. */
  void ended(Exchange exchange, boolean failed) {
    if (!fixes.none()) {
      synchronized (lock) {
        fixes.ended(exchange, failed);
      }
    }
  }
}

package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.ServerState;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.JsonRpcMessage.Kind;
import java.util.List;

/**
 * For where there is more than can be watched: tells what goes well beyond doubt, so that its like
 * need not be watched, and takes what is not told of.
 */
public final class Relief {

  private final Diagnosis diagnosis;
  private final Decisions decisions;
  private final PhaseObserver observer;
  private final Object lock;

  /**
   * @param lock of the diagnosis
   */
  Relief(Diagnosis diagnosis, Decisions decisions, PhaseObserver observer, Object lock) {
    this.diagnosis = diagnosis;
    this.decisions = decisions;
    this.observer = observer;
    this.lock = lock;
  }

  /**
   * Whether a request of MCP went well in every way, as far as its answer tells, and so does its
   * server: there is nothing to learn from one that is just like it.
   */
  public boolean wentWell(Exchange exchange) {
    McpServer server = isResult(exchange) ? decisions.repairable(exchange) : null;
    synchronized (lock) {
      return server != null && isConnected(server);
    }
  }

  /**
   * What comes of an exchange is not told, now or later: nothing is concluded from it.
   *
   * @param over whether it has ended
   */
  public void lost(Exchange exchange, boolean over) {
    Attribution its = diagnosis.attribution(exchange);
    if (its != null) {
      synchronized (lock) {
        observer.lost(exchange, its.server());
      }
    }
    if (over) {
      decisions.ended(exchange, true);
    }
  }

  /**
   * Whether a request has been answered with a result, and by nothing else: in JSON that was seen
   * as a whole, or in a stream of its own, or it was accepted.
   */
  private static boolean isResult(Exchange exchange) {
    ResponseHead response = exchange.response();
    if (response == null
        || !response.isSuccess()
        || exchange.role() != Role.MCP
        || exchange.followUp() != null
        || exchange.failure() != null) {
      return false;
    }
    if (response.isEventStream() || response.status() == 202) {
      return true;
    }
    List<JsonRpcMessage> messages = JsonRpc.of(exchange.responseBody());
    return exchange.responseBody().isWhole()
        && !messages.isEmpty()
        && messages.stream().allMatch(each -> each.kind() == Kind.RESPONSE && !each.toolError());
  }

  /** Whether a server is connected, and wants no login. Under the lock of the diagnosis. */
  private static boolean isConnected(McpServer server) {
    return server.state() == ServerState.CONNECTED && server.progress().waitingSince() == null;
  }
}

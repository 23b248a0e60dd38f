package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import org.jspecify.annotations.Nullable;

/** An event stream that is open. Confined to the lock of the diagnosis. */
final class OpenStream {

  private final Exchange exchange;
  private final McpServer server;
  private boolean resumable;
  private boolean broken;
  private boolean sawJson;
  private boolean unheard;

  OpenStream(Exchange exchange, McpServer server) {
    this.exchange = exchange;
    this.server = server;
  }

  void came(EventStream.Event event) {
    resumable |= event.hasId();
    broken |= event.broken();
  }

  /** A line of it began like JSON. */
  void sawJson() {
    sawJson = true;
  }

  /** Nobody is told of what else comes on it. */
  void goesUnheard() {
    unheard = true;
  }

  boolean isUnheard() {
    return unheard;
  }

  Exchange exchange() {
    return exchange;
  }

  McpServer server() {
    return server;
  }

  /** Whether it is the server's own stream, opened by a GET, rather than the answer to a POST. */
  boolean isServers() {
    return exchange.request().method().equals("GET");
  }

  /**
   * How a call ends whose answer may be in it, where clients cannot read it: JSON that is in no
   * event, or an event whose data is no JSON. Null where there is nothing of that.
   */
  Call.@Nullable End unreadable() {
    if (broken) {
      return Call.End.BROKEN_EVENT;
    }
    return sawJson ? Call.End.NO_MESSAGE : null;
  }

  /** Whether its events have ids, so that a host may ask for the rest (Last-Event-ID). */
  boolean isResumable() {
    return resumable;
  }
}

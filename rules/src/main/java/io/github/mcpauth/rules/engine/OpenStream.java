package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.util.function.Consumer;

/** An event stream that is open. Confined to the lock of the diagnosis. */
final class OpenStream {

  private static final int LONGEST_EVENT = 64 * 1024;

  private final Exchange exchange;
  private final McpServer server;
  private final SseParser parser;
  private boolean resumable;

  OpenStream(Exchange exchange, McpServer server, Consumer<SseEvent> events) {
    this.exchange = exchange;
    this.server = server;
    this.parser =
        new SseParser(
            LONGEST_EVENT,
            event -> {
              resumable |= event.id() != null;
              events.accept(event);
            });
  }

  void feed(byte[] bytes) {
    parser.feed(bytes, 0, bytes.length);
  }

  McpServer server() {
    return server;
  }

  /** Whether it is the server's own stream, opened by a GET, rather than the answer to a POST. */
  boolean isServers() {
    return exchange.request().method().equals("GET");
  }

  /** Whether it holds JSON that is in no event, which clients do not read. */
  boolean holdsOther() {
    return parser.sawJson();
  }

  /** Whether its events have ids, so that a host may ask for the rest (Last-Event-ID). */
  boolean isResumable() {
    return resumable;
  }
}

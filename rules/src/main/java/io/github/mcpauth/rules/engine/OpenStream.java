package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event stream that is open. Confined to the lock of the diagnosis. */
final class OpenStream {

  private static final int LONGEST_EVENT = 64 * 1024;

  private final Exchange exchange;
  private final McpServer server;
  private final SseParser parser;
  private boolean resumable;
  private boolean broken;

  OpenStream(Exchange exchange, McpServer server, Consumer<SseEvent> events) {
    this.exchange = exchange;
    this.server = server;
    this.parser =
        new SseParser(
            LONGEST_EVENT,
            event -> {
              resumable |= event.id() != null;
              if (isBroken(event)) {
                broken = true;
              } else {
                events.accept(event);
              }
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

  /**
   * How a call ends whose answer may be in it, where clients cannot read it: JSON that is in no
   * event, or an event whose data is no JSON. Null where there is nothing of that.
   */
  Call.@Nullable End unreadable() {
    if (broken) {
      return Call.End.BROKEN_EVENT;
    }
    return parser.sawJson() ? Call.End.NO_MESSAGE : null;
  }

  /** Whether it begins as a message does and ends before it, e.g. as its lines lack "data:". */
  private static boolean isBroken(SseEvent event) {
    String data = event.data().strip();
    return data.startsWith("{")
        && !data.endsWith("}")
        && !event.truncated()
        && event.event().equals(SseEvent.MESSAGE);
  }

  /** Whether its events have ids, so that a host may ask for the rest (Last-Event-ID). */
  boolean isResumable() {
    return resumable;
  }
}

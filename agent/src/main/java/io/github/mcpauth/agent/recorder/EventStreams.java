package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Knows which request an answer belongs to, and the event streams that are open. Bounded. */
final class EventStreams {

  private static final int MOST_REQUESTS = 4096;
  private static final int MOST_STREAMS = 512;
  private static final int LONGEST_EVENT = 64 * 1024;

  /** An open event stream. */
  private record Stream(@Nullable String serverUrl, SseParser parser) {}

  private final Map<Long, Stream> streams = new HashMap<>();
  private final Map<String, String> methods = new BoundedMap<>(MOST_REQUESTS);

  /** The method of a message: its own, or that of the request in the other direction it answers. */
  @Nullable String method(JsonRpcMessage message, @Nullable String serverUrl, String direction) {
    String other = direction.equals("sent") ? "received" : "sent";
    if (message.method() != null) {
      if (message.id() != null) {
        methods.put(direction + ' ' + serverUrl + ' ' + message.id(), message.method());
      }
      return message.method();
    }
    return message.id() == null ? null : methods.get(other + ' ' + serverUrl + ' ' + message.id());
  }

  /**
   * An event stream opened.
   *
   * @param events takes each event and the server that sent it
   */
  void opened(
      long exchangeId, @Nullable String serverUrl, BiConsumer<SseEvent, @Nullable String> events) {
    if (streams.size() < MOST_STREAMS) {
      SseParser parser = new SseParser(LONGEST_EVENT, event -> events.accept(event, serverUrl));
      streams.put(exchangeId, new Stream(serverUrl, parser));
    }
  }

  void feed(long exchangeId, byte[] bytes) {
    Stream stream = streams.get(exchangeId);
    if (stream != null) {
      stream.parser().feed(bytes, 0, bytes.length);
    }
  }

  void closed(long exchangeId) {
    streams.remove(exchangeId);
  }
}

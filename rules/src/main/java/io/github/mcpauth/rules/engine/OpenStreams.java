package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.knowledge.BoundedMap;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event streams that are open, by their exchanges. Bounded. Confined to the lock of the
 * diagnosis.
 */
final class OpenStreams {

  private static final int MOST = 128;

  private final Map<Long, OpenStream> streams = new BoundedMap<>(MOST);

  void add(OpenStream stream) {
    streams.put(stream.exchange().id(), stream);
  }

  @Nullable OpenStream get(long exchangeId) {
    return streams.get(exchangeId);
  }

  @Nullable OpenStream remove(long exchangeId) {
    return streams.remove(exchangeId);
  }

  /** Whether one is open on which the server may send answers to requests that it accepted. */
  boolean bringsAnswers(McpServer server) {
    for (OpenStream stream : streams.values()) {
      if (stream.server() == server && stream.isServers()) {
        return true;
      }
    }
    return false;
  }

  /** Whether such answers may come on one of which nobody is told any more. */
  boolean isUnheard(McpServer server) {
    for (OpenStream stream : streams.values()) {
      if (stream.server() == server && stream.isUnheard()) {
        return true;
      }
    }
    return false;
  }
}

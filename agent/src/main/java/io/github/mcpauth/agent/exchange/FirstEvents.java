package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.mcp.SseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The first events that are looked for, of all streams: a peer may open many, and end no event.
 * Where they take more memory than is spared for them, the eldest give way: what matters of them,
 * the {@code endpoint} of HTTP+SSE, comes at once.
 */
final class FirstEvents {

  private final long most;
  private final Map<FirstEvent, Long> held = new LinkedHashMap<>();
  private long total;

  FirstEvents() {
    this(Math.min(2L << 20, Runtime.getRuntime().maxMemory() / 128));
  }

  /**
   * @param most bytes that they may take
   */
  FirstEvents(long most) {
    this.most = most;
  }

  /**
   * A stream begins.
   *
   * @param sink takes its first event
   */
  FirstEvent of(Consumer<SseEvent> sink) {
    FirstEvent first = new FirstEvent(this, sink);
    synchronized (held) {
      held.put(first, 0L);
    }
    grew(first, FirstEvent.weight(0));
    return first;
  }

  /** One takes so much now, unless it is forgotten; the eldest give way. */
  void grew(FirstEvent first, long bytes) {
    FirstEvent eldest = null;
    do {
      if (eldest != null) {
        eldest.close();
      }
      synchronized (held) {
        Long before = held.replace(first, bytes);
        total += before == null ? 0 : bytes - before;
        eldest = total > most ? held.keySet().iterator().next() : null;
      }
    } while (eldest != null);
  }

  void forget(FirstEvent first) {
    synchronized (held) {
      Long bytes = held.remove(first);
      total -= bytes == null ? 0 : bytes;
    }
  }

  /** How many bytes they take. */
  long held() {
    synchronized (held) {
      return total;
    }
  }
}

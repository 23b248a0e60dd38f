package io.github.mcpauth.rules.mcp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes several streams together may hold of events that have begun: a peer may open many
 * streams, and end no event. For any thread.
 */
public final class EventRoom {

  private static final long MOST = 8L << 20;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  public EventRoom(long most) {
    this.most = most;
  }

  /** What a host can spare; one with little memory spares less. */
  public static EventRoom ofHost() {
    return new EventRoom(Math.min(MOST, Runtime.getRuntime().maxMemory() / 32));
  }

  /** So many more are held, or fewer; returns whether they should be. */
  boolean take(long bytes) {
    return held.addAndGet(bytes) <= most;
  }

  /** How many are held. */
  public long held() {
    return held.get();
  }
}

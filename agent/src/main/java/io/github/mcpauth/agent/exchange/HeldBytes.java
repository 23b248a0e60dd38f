package io.github.mcpauth.agent.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of heads and bodies are held for one purpose, and whether that is more than a host
 * can spare. Bodies are counted wherever they are held, so that what is shared counts twice. For
 * any thread.
 */
public final class HeldBytes {

  /** At most; a host with little memory has the more need of it. */
  private static final long MOST = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

  private final long most;
  private final AtomicLong held = new AtomicLong();

  public HeldBytes() {
    this(MOST);
  }

  HeldBytes(long most) {
    this.most = most;
  }

  /** Whether there is room for so many more. */
  public boolean fits(long bytes) {
    return held.get() + bytes <= most;
  }

  /** Whether there is room, if need be beyond what is spared: for what must not be lost. */
  public boolean fitsAtNeed(long bytes) {
    return held.get() + bytes <= 2 * most;
  }

  public void take(long bytes) {
    held.addAndGet(bytes);
  }

  public void give(long bytes) {
    held.addAndGet(-bytes);
  }
}

package io.github.mcpauth.agent.recorder;

/**
 * Rations the recorder's work on what there is much of, so that a host that calls as fast as it can
 * loses lines rather than calls: a twentieth of the machine's time, and a second of it at once, for
 * bursts. On a machine so slow or busy that this is next to nothing, some thousand entries at once
 * and some hundred a second all the same. Spent by one thread.
 */
final class WorkBudget {

  private static final double SHARE = 0.05;
  private static final long MOST_NANOS = 1_000_000_000L;

  /** A line that took long, to a disk that hung, is forgiven soon. */
  private static final long LEAST_NANOS = -100_000_000L;

  private static final double MOST_ENTRIES = 5000;
  private static final double ENTRIES_A_NANO = 250e-9;

  private final double share;
  private long nanos = MOST_NANOS;
  private double entries = MOST_ENTRIES;
  private long last;
  private volatile boolean spent;

  /**
   * @param now in nanoseconds, on the scale of the other methods
   */
  WorkBudget(int processors, long now) {
    this.share = SHARE * processors;
    this.last = now;
  }

  /** Whether there is time for one more entry. */
  boolean allows(long now) {
    long passed = now - last;
    nanos = Math.min(MOST_NANOS, nanos + (long) (passed * share));
    entries = Math.min(MOST_ENTRIES, entries + passed * ENTRIES_A_NANO);
    last = now;
    boolean allowed = nanos > 0 || entries >= 1;
    spent = !allowed;
    return allowed;
  }

  /** Whether there was no time for the last entry that asked; for any thread. */
  boolean isSpent() {
    return spent;
  }

  /** An entry took that long. */
  void spent(long took) {
    nanos = Math.max(LEAST_NANOS, nanos - took);
    entries = Math.max(0, entries - 1);
  }
}

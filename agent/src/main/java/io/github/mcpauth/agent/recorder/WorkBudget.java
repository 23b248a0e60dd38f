package io.github.mcpauth.agent.recorder;

/**
 * Rations the recorder's work on what there is much of, so that a host that calls as fast as it can
 * loses lines rather than calls: a twentieth of the machine's time, and a second of it at once, for
 * bursts. On a machine so slow or busy that this is next to nothing, some thousand lines at once
 * and some hundred a second all the same. Spent by one thread.
 */
final class WorkBudget {

  private static final double SHARE = 0.05;
  private static final long MOST_NANOS = 1_000_000_000L;

  /** A line that took long, to a disk that hung, is forgiven soon. */
  private static final long LEAST_NANOS = -100_000_000L;

  private static final double MOST_LINES = 5000;
  private static final double LINES_A_NANO = 250e-9;

  /** An entry that brought more of them than there were is forgiven soon, too. */
  private static final double LEAST_LINES = -250;

  private final double share;
  private long nanos = MOST_NANOS;
  private double lines = MOST_LINES;
  private long last;
  private volatile boolean spent;
  private volatile long spentUntil;

  /**
   * @param now in nanoseconds, on the scale of the other methods
   */
  WorkBudget(int processors, long now) {
    this.share = SHARE * processors;
    this.last = now;
    this.spentUntil = now;
  }

  /** Whether there is time for one more entry. */
  boolean allows(long now) {
    long passed = now - last;
    nanos = Math.min(MOST_NANOS, nanos + (long) (passed * share));
    lines = Math.min(MOST_LINES, lines + passed * LINES_A_NANO);
    last = now;
    boolean allowed = nanos > 0 || lines >= 1;
    if (!allowed) {
      spentUntil = now + (long) Math.min((1 - nanos) / share, (1 - lines) / LINES_A_NANO);
    }
    spent = !allowed;
    return allowed;
  }

  /** Whether there was no time for the last entry that asked; for any thread. */
  boolean isSpent() {
    return spent;
  }

  /** The same, and whether there still is none; for any thread. */
  boolean isSpentAt(long now) {
    return spent && now - spentUntil < 0;
  }

  /** An entry took that long, and was so many lines. */
  void spent(long took, int written) {
    nanos = Math.max(LEAST_NANOS, nanos - took);
    lines = Math.max(LEAST_LINES, lines - written);
  }
}

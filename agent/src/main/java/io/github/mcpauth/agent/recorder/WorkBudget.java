package io.github.mcpauth.agent.recorder;

/**
 * Rations the recorder's work on what there is much of, so that a host that calls as fast as it can
 * loses lines rather than calls: a twentieth of the machine's time, and a second of it at once, for
 * bursts. One thread's own.
 */
final class WorkBudget {

  private static final double SHARE = 0.05;
  private static final long MOST_NANOS = 1_000_000_000L;

  /** A line that took long, to a disk that hung, is forgiven soon. */
  private static final long LEAST_NANOS = -100_000_000L;

  private final double share;
  private long left = MOST_NANOS;
  private long last;

  /**
   * @param now in nanoseconds, on the scale of the other methods
   */
  WorkBudget(int processors, long now) {
    this.share = SHARE * processors;
    this.last = now;
  }

  /** Whether there is time for one more entry. */
  boolean allows(long now) {
    left = Math.min(MOST_NANOS, left + (long) ((now - last) * share));
    last = now;
    return left > 0;
  }

  /** An entry took that long. */
  void spent(long nanos) {
    left = Math.max(LEAST_NANOS, left - nanos);
  }
}

package io.github.mcpauth.agent.console;

/**
 * Bounds what goes to stderr: 32 KiB at once, and 8 KiB for each minute. What is more is in the log
 * only, and said to be.
 */
final class ConsoleBudget {

  private static final long MOST = 32 * 1024;
  private static final long A_MINUTE = 8 * 1024;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private long left = MOST;
  private long last;
  private long missed;

  /**
   * @param now in nanoseconds, on the scale of {@link #takes}
   */
  ConsoleBudget(long now) {
    this.last = now;
  }

  /** Whether a text of that many characters may be shown. */
  boolean takes(int length, long now) {
    long earned = (now - last) / (MINUTE_NANOS / A_MINUTE);
    if (earned > 0) {
      left = Math.min(MOST, left + earned);
      last = now;
    }
    if (length > left) {
      missed++;
      return false;
    }
    left -= length;
    return true;
  }

  /** How many texts were not shown since the last call. */
  long missed() {
    long count = missed;
    missed = 0;
    return count;
  }
}

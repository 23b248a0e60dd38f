package io.github.mcpauth.agent.exchange;

/** The bytes that one call holds of its bodies while it is under way. For any thread. */
final class CallsBytes {

  private final HeldBytes all;
  private final int body;
  private long taken;

  /**
   * @param body size of what was read of the request's body beforehand
   */
  CallsBytes(HeldBytes all, int body) {
    this.all = all;
    this.body = body;
  }

  /** An exchange of the call begins. */
  synchronized void open() {
    if (taken == 0) {
      taken = body;
      all.take(body);
    }
  }

  /** Whether there is room for more of a body, which then is taken. */
  synchronized boolean grow(int bytes) {
    boolean fits = all.fits(bytes);
    if (fits) {
      taken += bytes;
      all.take(bytes);
    }
    return fits;
  }

  /** The exchange is over, and in other hands. */
  synchronized void close() {
    all.give(taken);
    taken = 0;
  }
}

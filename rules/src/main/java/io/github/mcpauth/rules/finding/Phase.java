package io.github.mcpauth.rules.finding;

/** The phases of an exchange, and of a call, in which a rule may be asked, in their order. */
public enum Phase {
  /** The request left; nothing is known of an answer. */
  SENT,
  /** A response head arrived; the body is not known yet. */
  ANSWERED,
  /** The response ended; what is known of the server is as it was before this answer. */
  COMPLETED,
  /** The response ended, and what is known of the server includes it. */
  LEARNED,
  /** It ended without a whole response. */
  FAILED,
  /**
   * A JSON-RPC call ended in another way than with the result that the host hoped for, or waits for
   * too long; {@code initialize} in any way.
   */
  CALLED
}

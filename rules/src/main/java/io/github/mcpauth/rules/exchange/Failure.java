package io.github.mcpauth.rules.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Why an exchange ended without a (whole) response.
 *
 * @param kind what happened, as far as the exception tells
 * @param type the exception's class name
 * @param message the exception's message, which may hold secrets until it is redacted
 */
public record Failure(Kind kind, String type, @Nullable String message) {

  /** A name for what went wrong below HTTP. */
  public enum Kind {
    /** Nobody listens at that port, or the network has no way there. */
    REFUSED,
    /** The host name does not resolve. */
    UNKNOWN_HOST,
    TIMEOUT,
    /** The peer closed the connection, before or while answering. */
    CLOSED,
    TLS,
    /** A proxy refused the tunnel. */
    PROXY,
    /** The host cancelled; not an error. */
    CANCELLED,
    OTHER
  }

  /** Whether the request may have reached the peer by then. */
  public boolean mayHaveArrived() {
    return kind != Kind.REFUSED && kind != Kind.UNKNOWN_HOST && kind != Kind.PROXY;
  }

  /** The message is left out: it may hold a secret. */
  @Override
  public String toString() {
    return kind + " (" + type + ")";
  }
}

package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.exchange.Failure;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception of either client what went wrong below HTTP. */
final class Failures {

  private static final int DEEPEST_CAUSE = 10;

  /** The failure that an exception stands for, named after the exception the host sees. */
  static Failure of(Throwable error) {
    Throwable seen = error;
    while ((seen instanceof CompletionException || seen instanceof ExecutionException)
        && seen.getCause() != null) {
      seen = seen.getCause();
    }
    Failure.Kind kind = kind(seen);
    String message = kind == Failure.Kind.TLS ? ofTls(seen) : seen.getMessage();
    return new Failure(kind, seen.getClass().getName(), message);
  }

  /** What TLS itself says, which the exception around it may hide: the innermost such message. */
  private static @Nullable String ofTls(Throwable error) {
    String message = error.getMessage();
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      message =
          cause instanceof SSLException && cause.getMessage() != null
              ? cause.getMessage()
              : message;
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    return message;
  }

  /** The first cause in the chain that tells; java.net.http wraps without changing the type. */
  private static Failure.Kind kind(Throwable error) {
    Throwable cause = error;
    Failure.Kind found = Failure.Kind.OTHER;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      Failure.Kind kind = single(cause);
      if (kind == Failure.Kind.UNKNOWN_HOST || kind == Failure.Kind.TLS) {
        return kind; // More telling than the ConnectException around it.
      }
      if (found == Failure.Kind.OTHER) {
        found = kind;
      }
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
    return found;
  }

  private static Failure.Kind single(Throwable error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    if (error instanceof UnknownHostException || error instanceof UnresolvedAddressException) {
      return Failure.Kind.UNKNOWN_HOST;
    }
    if (error instanceof SSLException) {
      return Failure.Kind.TLS;
    }
    if (error instanceof CancellationException
        || error instanceof InterruptedException
        || message.equals("canceled")
        || message.equals("request cancelled")) {
      return Failure.Kind.CANCELLED;
    }
    if (error instanceof HttpTimeoutException || isTimeout(error, message)) {
      return Failure.Kind.TIMEOUT;
    }
    if (isProxys(message)) {
      return Failure.Kind.PROXY;
    }
    if (error instanceof ConnectException || error instanceof NoRouteToHostException) {
      return message.contains("timed out") ? Failure.Kind.TIMEOUT : Failure.Kind.REFUSED;
    }
    return isClosed(error, message) ? Failure.Kind.CLOSED : Failure.Kind.OTHER;
  }

  /**
   * Whether a client says that a proxy refused the tunnel, in its own words from the first one on:
   * within others, a server may have written them, or a port have the same digits.
   */
  private static boolean isProxys(String message) {
    return message.startsWith("tunnel failed") // java.net.http
        || message.startsWith("unexpected response code for connect") // OkHttp
        || message.startsWith("failed to authenticate with proxy")
        || message.startsWith("the proxy cannot be reached"); // Ours.
  }

  private static boolean isTimeout(Throwable error, String message) {
    return error instanceof InterruptedIOException
        && (message.contains("timeout") || message.contains("timed out"));
  }

  private static boolean isClosed(Throwable error, String message) {
    return error instanceof EOFException
        || error instanceof ClosedChannelException
        || (error instanceof SocketException
            && (message.contains("reset")
                || message.contains("closed")
                || message.contains("pipe")))
        || message.contains("header parser received no bytes")
        || message.contains("unexpected end of stream")
        || message.contains("connection reset")
        || message.contains("broken pipe")
        || message.contains("goaway")
        || message.contains("stream was reset")
        || message.endsWith("eof reached while reading");
  }

  private Failures() {}
}

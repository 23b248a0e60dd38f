package io.github.mcpauth.agent.check.walk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What went wrong below HTTP, in words for a line of the funnel. */
final class Problems {

  static String inWords(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UnknownHostException) {
      return "the name does not resolve";
    }
    if (failure instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof SSLException) {
      return "TLS failed: " + innermost(failure);
    }
    if (failure instanceof ConnectException) {
      return message.contains("refused") ? "the connection was refused" : message;
    }
    return message.replace("unexpected end of stream: ", "");
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private Problems() {}
}

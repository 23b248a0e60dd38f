package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Tells why a request must not be sent again. */
final class Resending {

  /** The reason in words, or null where nothing stands against it. */
  static @Nullable String obstacle(Exchange exchange, Plan.Send send) {
    ResponseHead response = exchange.response();
    if (response == null || response.isEventStream() || !exchange.responseBody().isWhole()) {
      return "the answer is too long to be kept for the host";
    }
    if (!send.repeats()) {
      return null;
    }
    if (send.body() == null && !exchange.requestBody().isWhole()) {
      return "the request's body cannot be sent again";
    }
    return Proof.binds(exchange.request())
        ? "the token is bound to a proof that only the host can make"
        : null;
  }

  private Resending() {}
}

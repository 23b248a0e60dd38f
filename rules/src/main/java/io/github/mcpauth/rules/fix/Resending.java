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
    // RFC 9449 §4.2: a proof names the request and its token, and is good for one.
    String authorization = exchange.request().headers().first("Authorization");
    boolean dpop =
        exchange.request().headers().has("DPoP")
            || (authorization != null && authorization.regionMatches(true, 0, "DPoP ", 0, 5));
    return dpop ? "the token is bound to a proof that only the host can make" : null;
  }

  private Resending() {}
}

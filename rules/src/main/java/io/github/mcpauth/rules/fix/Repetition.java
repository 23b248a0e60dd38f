package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Tells why a fix must not send what it wants to send. */
final class Repetition {

  /**
   * The reason in words, or null where nothing stands against it.
   *
   * @param exchange the one whose answer the fix acts on
   * @param carried the one that last carried the host's request
   */
  static @Nullable String obstacle(Exchange exchange, Exchange carried, Plan.Send send) {
    ResponseHead response = exchange.response();
    if (response == null || response.isEventStream() || !exchange.responseBody().isWhole()) {
      return "the answer is too long to be kept for your application";
    }
    if (!send.repeats()) {
      return null;
    }
    if (send.body() == null && !carried.requestBody().isWhole()) {
      return "the request's body cannot be sent again";
    }
    if (SignedRequest.is(carried.request())) {
      return SIGNED;
    }
    return NotDispatched.mayRepeat(carried)
        ? null
        : "nothing proves that the server did not run it before it answered " + carried.status();
  }

  static final String SIGNED =
      "the request is bound to a proof that only your application can make";

  private Repetition() {}
}

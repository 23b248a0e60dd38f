package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.ExchangeHistory;
import io.github.mcpauth.rules.reading.McpRequest;
import org.jspecify.annotations.Nullable;

/** Tells why a fix must not send what it wants to send. */
final class Repetition {

  /**
   * The reason in words, or null where nothing stands against it.
   *
   * @param exchange the one whose answer the fix acts on
   * @param carried the one that last carried the host's request
   * @param history what led to it
   */
  static @Nullable String obstacle(
      Exchange exchange, Exchange carried, Plan.Send send, ExchangeHistory history) {
    ResponseHead response = exchange.response();
    if (response == null || response.isEventStream() || !exchange.responseBody().isWhole()) {
      return "the answer is too long to be kept for your application";
    }
    if (!send.repeats()) {
      return null;
    }
    if (!carried.requestBody().isWhole()) {
      return "the request's body cannot be sent again";
    }
    if (SignedRequest.is(carried.request())) {
      return SIGNED;
    }
    // A client may have gone on by itself after the request had run: with a redirect, an
    // authenticator's answer, a retry.
    for (Exchange each = carried; each != null; each = history.wentOnFrom(each)) {
      if (each.status() == 0 && NotDispatched.mayHaveArrived(each)) {
        return "nothing proves that the server did not run it before the connection failed";
      }
      if (each.status() > 0 && !NotDispatched.mayRepeat(each)) {
        return "nothing proves that the server did not run it before it answered " + each.status();
      }
      if (history.hasForgotten(each) && McpRequest.mayAct(each)) {
        return "it is not known any more what came before";
      }
    }
    return null;
  }

  static final String SIGNED =
      "the request is bound to a proof that only your application can make";

  private Repetition() {}
}

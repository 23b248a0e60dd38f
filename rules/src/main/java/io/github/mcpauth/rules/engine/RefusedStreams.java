package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.BoundedMap;

/**
 * Turns the events with which a request was refused into the body of its answer: an event stream is
 * taken down as it goes by, so that its exchange ends without one. Not for several threads.
 */
final class RefusedStreams {

  private static final int MOST = 64;

  private final BoundedMap<Long, String> said = new BoundedMap<>(MOST);

  /** An event went by; the first that says of an error counts. */
  void event(Exchange exchange, EventStream.Event event) {
    if (event.complaint() != null && isOne(exchange)) {
      said.putIfAbsent(exchange.id(), event.complaint());
    }
  }

  /** It ended: with what it said as its body, where it has none. */
  Exchange ended(Exchange exchange) {
    String words = said.remove(exchange.id());
    return words == null || !exchange.responseBody().isEmpty()
        ? exchange
        : exchange.withResponseBody(
            Body.of("event: error\ndata: " + words + "\n\n"), exchange.elapsed());
  }

  private static boolean isOne(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && response.isEventStream() && response.status() >= 400;
  }
}

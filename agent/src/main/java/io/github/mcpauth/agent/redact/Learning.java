package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns the secrets of an exchange, each part of it once: request head, request body, response
 * head, response body, whichever is known by now.
 */
final class Learning {

  private static final int MOST_EXCHANGES = 256;

  /** What was learned of an exchange; by identity, so that the exchange itself is not kept. */
  private record Learned(int requestHead, int requestBody, int responseHead, int responseBody) {

    static Learned of(Exchange exchange) {
      return new Learned(
          identity(exchange.request()),
          identity(exchange.requestBody()),
          identity(exchange.response()),
          identity(exchange.responseBody()));
    }

    private static int identity(@Nullable Object part) {
      return part == null ? 0 : System.identityHashCode(part);
    }
  }

  private static final Learned NOTHING = new Learned(0, 0, 0, 0);

  private final Map<Long, Learned> learned = new BoundedMap<>(MOST_EXCHANGES);
  private final HeaderRedaction headers;
  private final UrlRedaction urls;
  private final BodyRedaction bodies;

  Learning(HeaderRedaction headers, UrlRedaction urls, BodyRedaction bodies) {
    this.headers = headers;
    this.urls = urls;
    this.bodies = bodies;
  }

  void learn(Exchange exchange) {
    Learned before = learned.getOrDefault(exchange.id(), NOTHING);
    Learned now = Learned.of(exchange);
    learned.put(exchange.id(), now);
    if (now.requestHead() != before.requestHead()) {
      urls.redact(exchange.request().url().toString());
      headers.redact(exchange.request().headers());
    }
    if (now.requestBody() != before.requestBody()) {
      body(exchange.role(), exchange.requestBody(), exchange.request().headers());
    }
    if (now.responseHead() != before.responseHead()) {
      headers.redact(exchange.responseHeaders());
    }
    if (now.responseBody() != before.responseBody()) {
      body(Role.OTHER, exchange.responseBody(), exchange.responseHeaders());
    }
  }

  private void body(Role role, Body body, Headers head) {
    String type = head.first("Content-Type");
    boolean form = type == null ? role == Role.TOKEN : type.contains("form-urlencoded");
    bodies.redact(form ? new Document.Form(body) : new Document.Json(body));
  }
}

package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.knowledge.BoundedMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns the secrets of an exchange, each part of it once: request head, request body, response
 * head, response body, whichever is known by now. Whatever would not be shown is learned.
 */
final class SecretLearner {

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
  private final Masks masks;
  private final HeaderRedaction headers;
  private final BodyRedaction bodies;
  private final MessageSecrets messages;

  SecretLearner(Masks masks, HeaderRedaction headers, BodyRedaction bodies) {
    this.masks = masks;
    this.headers = headers;
    this.bodies = bodies;
    this.messages = new MessageSecrets(masks);
  }

  void learn(Exchange exchange) {
    Learned before = learned.getOrDefault(exchange.id(), NOTHING);
    Learned now = Learned.of(exchange);
    learned.put(exchange.id(), now);
    masks.source(Masks.Source.HOST);
    if (now.requestHead() != before.requestHead()) {
      masks.urls().redact(exchange.request().url().toString());
      headers.redact(exchange.request().headers());
    }
    if (now.requestBody() != before.requestBody()) {
      body(exchange, exchange.requestBody(), exchange.request().headers());
      Document form = exchange.role().isMisshapen() ? Document.form(exchange) : null;
      if (form != null) {
        bodies.redact(form);
      }
    }
    masks.source(Masks.Source.PEER);
    if (now.responseHead() != before.responseHead()) {
      headers.redact(exchange.responseHeaders());
    }
    if (now.responseBody() != before.responseBody()) {
      body(exchange, exchange.responseBody(), exchange.responseHeaders());
    }
  }

  /** A message of an event stream. */
  void learn(byte[] message) {
    messages.learn(message);
  }

  /** By what it is rather than by what its head says: a body without a type teaches as well. */
  private void body(Exchange exchange, Body encoded, Headers head) {
    Body body = PlainBody.of(encoded);
    String type = head.first("Content-Type");
    boolean form =
        type == null
            ? exchange.role() == Role.TOKEN && isFormText(body)
            : type.toLowerCase(Locale.ROOT).contains("form-urlencoded");
    if (form && !startsWith(body, "{[")) {
      bodies.redact(new Document.Form(body));
      return;
    }
    messages.learn(body.bytes());
    if (startsWith(body, "<")) {
      Html.hidden(body.text(), masks::filledIn);
    }
    if (exchange.role().isOAuthDocument()) {
      bodies.redact(new Document.Json(body));
    }
  }

  /** Whether it may be a form by its text: a sentence is none. */
  private static boolean isFormText(Body body) {
    boolean equals = false;
    for (byte c : body.bytes()) {
      equals |= c == '=';
      if (c == ' ' || c == '\n' || c == '\t') {
        return false;
      }
    }
    return equals;
  }

  private static boolean startsWith(Body body, String characters) {
    for (byte c : body.bytes()) {
      if (c > ' ') {
        return characters.indexOf(c) >= 0;
      }
    }
    return false;
  }
}

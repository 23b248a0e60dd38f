package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.oauth.OtherForm;
import org.jspecify.annotations.Nullable;

/** A body and how it is to be read for the log. */
public sealed interface Document {

  Body body();

  /** {@code application/x-www-form-urlencoded}. */
  record Form(Body body) implements Document {}

  /**
   * The form that the request of an exchange is to be read as: that of a token or a revocation, or
   * the parameters that were sent in another form; null where it has none.
   */
  static @Nullable Document form(Exchange exchange) {
    Body body = exchange.requestBody();
    return switch (exchange.role()) {
      case TOKEN, REVOCATION -> new Form(body);
      case MISSHAPEN_TOKEN ->
          new Form(Body.of(OtherForm.parameters(exchange.request(), body).encoded()));
      case MISSHAPEN_REGISTRATION ->
          OtherForm.ofRegistration(exchange.request(), body) == OtherForm.FORM
              ? new Form(body)
              : null;
      default -> null;
    };
  }

  /** JSON, shown parsed; one that cannot be parsed is not shown at all. */
  record Json(Body body) implements Document {}

  /** Anything an SDK swallowed: JSON as text, or plain text. */
  record Text(Body body) implements Document {}
}

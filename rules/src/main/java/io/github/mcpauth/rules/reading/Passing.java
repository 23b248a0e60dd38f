package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import java.time.Duration;

/** How long what refused a request may take to pass by itself. */
public final class Passing {

  private static final Duration ALWAYS = Duration.ofSeconds(2);

  /** As long as the answer asks a client to wait (RFC 9110 §10.2.3), and a little more. */
  public static Duration patience(Exchange exchange) {
    String after = exchange.responseHeaders().first("Retry-After");
    boolean soon = exchange.status() >= 500 && after != null && after.matches("[0-9]");
    return soon ? ALWAYS.plusSeconds(Integer.parseInt(after)) : ALWAYS;
  }

  private Passing() {}
}

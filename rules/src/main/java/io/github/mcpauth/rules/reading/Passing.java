package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Letters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long what refused a request may take to pass by itself. */
public final class Passing {

  private static final Duration ALWAYS = Duration.ofSeconds(2);

  /** The seconds that an answer asks a client to wait, if that is less than ten; else null. */
  public static @Nullable Integer seconds(Exchange exchange) {
    String after = exchange.responseHeaders().first("Retry-After");
    String digit = after == null ? "" : after.strip();
    return digit.length() == 1 && Letters.areDigits(digit) ? Integer.valueOf(digit) : null;
  }

  /** As long as the answer asks a client to wait (RFC 9110 §10.2.3), and a little more. */
  public static Duration patience(Exchange exchange) {
    Integer seconds = exchange.status() >= 500 ? seconds(exchange) : null;
    return seconds == null ? ALWAYS : ALWAYS.plusSeconds(seconds);
  }

  /** Whether it asks to come again within seconds. */
  public static boolean asksToComeAgain(Exchange exchange) {
    return seconds(exchange) != null;
  }

  private Passing() {}
}

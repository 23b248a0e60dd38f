package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.ResponseHead;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

/** The time at the server: its {@code Date} (RFC 9110 §6.6.1), else the local clock's. */
public final class ServerClock {

  public static Instant of(Exchange exchange, InstantSource clock) {
    ResponseHead response = exchange.response();
    String date = response == null ? null : response.headers().first("Date");
    if (date != null) {
      try {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      } catch (DateTimeException e) {
        return clock.instant();
      }
    }
    return clock.instant();
  }

  private ServerClock() {}
}

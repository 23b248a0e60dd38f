package io.github.mcpauth.agent.log;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Turns a moment into RFC 3339 with microseconds in UTC, e.g. {@code 2026-03-01T09:05:07.000420Z}.
 * The platform's formatter would bring 50 classes into a host that waits for its first answer.
 */
final class Timestamp {

  private static final int DAY = 24 * 60 * 60;

  static String of(Instant time) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), DAY));
    int second = Math.floorMod(time.getEpochSecond(), DAY);
    StringBuilder text = new StringBuilder(27);
    digits(text, date.getYear(), 4).append('-');
    digits(text, date.getMonthValue(), 2).append('-');
    digits(text, date.getDayOfMonth(), 2).append('T');
    digits(text, second / 3600, 2).append(':');
    digits(text, second / 60 % 60, 2).append(':');
    digits(text, second % 60, 2).append('.');
    return digits(text, time.getNano() / 1000, 6).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  private Timestamp() {}
}

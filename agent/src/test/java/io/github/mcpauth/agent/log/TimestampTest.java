package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Moments as the platform's formatter writes them. */
class TimestampTest {

  private static final DateTimeFormatter PLATFORM =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

  @Test
  void itIsWhatThePlatformWrites() {
    assertThat(Timestamp.of(Instant.parse("2026-03-01T09:05:07.000420999Z")))
        .isEqualTo("2026-03-01T09:05:07.000420Z");
    for (String text :
        new String[] {
          "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "2024-02-29T23:59:59.1Z",
          "2000-12-31T00:00:00Z", "9999-12-31T23:59:59Z", "2100-03-01T12:30:00.000001Z"
        }) {
      Instant time = Instant.parse(text);
      assertThat(Timestamp.of(time)).isEqualTo(PLATFORM.format(time));
    }
    for (long second = 0; second < 4_000_000_000L; second += 86_399 * 37L) {
      Instant time = Instant.ofEpochSecond(second, second % 1_000_000_000);
      assertThat(Timestamp.of(time)).isEqualTo(PLATFORM.format(time));
    }
  }
}

package io.github.mcpauth.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.oauth.Scopes;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What looks for words takes no longer for a megabyte that was made to hold it up than for some of
 * plain prose, but for a factor. One that went back in the text would take a thousand times that.
 */
class HostileTextTest {

  private static final int LENGTH = 1 << 20;
  private static final String PROSE =
      "the session of 401 users went well, and no error was found with http or a status code. ";
  private static final double MOST = 60;
  private static final int TRIES = 3;
  private static final double NOISE_MILLIS = 20;

  private static final Map<String, Consumer<String>> READERS = new LinkedHashMap<>();

  static {
    READERS.put("sessions", SessionWords::refuse);
    READERS.put("only sessions", SessionWords::onlyRefuse);
    READERS.put("401", LoginWords::saysUnauthorized);
    READERS.put("logins", LoginWords::rejected);
    READERS.put("the table of words", WordTable::ofCall);
    READERS.put("exceptions", WordTable::ofFailure);
    READERS.put("pages", Page::words);
    READERS.put("lines", Said::line);
    READERS.put("scopes", Scopes::split);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session ",
        "session 1",
        "session-1-",
        "session: \"1",
        "session id ",
        "missing or x session ",
        "unknown or a ",
        "no session ",
        "1",
        "-",
        " ",
        "(",
        "\n",
        "401 ",
        "401:::",
        "status code ((( ",
        "error 401",
        "invalid_token",
        "<",
        "<p",
        "<script>",
        "&",
        "a b"
      })
  void aMegabyteThatIsMadeToHoldItUpDoesNot(String piece) {
    String hostile = filled(piece);
    String prose = filled(PROSE);
    READERS.forEach(
        (name, reader) -> {
          double ratio = Double.MAX_VALUE;
          for (int i = 0; i < TRIES && ratio > MOST; i++) {
            double plain = Math.max(millis(reader, prose), NOISE_MILLIS);
            ratio = millis(reader, hostile) / plain;
          }
          assertThat(ratio).as(name).isLessThan(MOST);
        });
  }

  private static String filled(String piece) {
    return piece.repeat(1 + LENGTH / piece.length()).substring(0, LENGTH);
  }

  private static double millis(Consumer<String> reader, String text) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    reader.accept(text);
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }
}

package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Exchange;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A secret that is planted once, in any place of an exchange, shows neither there nor in any echo,
 * in no form, at no level of capture: {@code canaries.txt} names the places, {@link Echo} the
 * forms.
 */
class CanaryTest {

  private static final Pattern FINGERPRINT = Pattern.compile("\\[fp:[0-9a-f]{12} len=\\d+\\]");

  /** What looks like a key. */
  private static final List<String> KEYS =
      List.of("Kd7fQ2-xW9_mZ4.vB6tR1", "7f3a9c2e51d84b06a1e2c9d07b5f3e18", "V1StGXR8_Z5jdHi6B-myT");

  /** Whoever does not learn it does not know it by its looks. */
  private static final List<String> PLAIN = List.of("tulip7meadow", "meadow7x1z");

  /** A passphrase, letters only, short, and of few digits. */
  private static final List<String> WEAK =
      List.of("correct horse battery staple", "gribblefoxnarwhal", "hu9ter2", "482913");

  static Stream<Place> places() {
    return Place.all().stream();
  }

  @ParameterizedTest
  @MethodSource("places")
  void itShowsNowhere(Place place) {
    for (String secret : secrets(place)) {
      holds(place, Redactor.Level.DEFAULT, secret);
    }
    holds(place, Redactor.Level.MINIMAL, secrets(place).get(0));
  }

  private static Stream<String> also(boolean condition, List<String> secrets) {
    return condition ? secrets.stream() : Stream.empty();
  }

  private static List<String> secrets(Place place) {
    if (place.isNumber()) {
      return List.of("482913", "73920184");
    }
    Stream<String> known = also(place.telling() != '?', PLAIN);
    Stream<String> weak = also("+=".indexOf(place.telling()) >= 0, WEAK);
    boolean words = place.telling() == '+';
    return Stream.of(KEYS.stream(), known, weak.filter(each -> words || each.indexOf(' ') < 0))
        .flatMap(each -> each)
        .toList();
  }

  private static void holds(Place place, Redactor.Level level, String secret) {
    Redactor redactor = new Redactor(level, new Fingerprints());
    Exchange exchange = place.exchange(secret);
    redactor.learn(exchange);
    assertHidden(place, redactor.redact(record(exchange)).fields().toString(), secret);
    boolean first = secret.equals(secrets(place).get(0));
    for (Echo echo : Echo.values()) {
      if (echo.isFor(secret) && (first || !echo.isLong())) {
        String text = "it said: " + echo.of(secret) + " is used";
        String shown = redactor.redact(Map.of("message", text)).fields().toString();
        assertThat(shown).as("%s as %s", place, echo).contains("it said: ");
        assertThat(unmasked(shown)).as("%s as %s", place, echo).doesNotContain(echo.of(secret));
        assertHidden(place + " as " + echo, shown, secret);
      }
    }
  }

  /** Nothing of eight characters and more is there, nor of its base64. */
  static void assertHidden(Object where, String shown, String secret) {
    String text = unmasked(shown).toLowerCase(Locale.ROOT);
    String base64 = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
    for (String each : List.of(secret, base64)) {
      String head = each.substring(0, Math.min(each.length(), SeenSecrets.HEAD));
      assertThat(text).as("%s: %s", where, secret).doesNotContain(head.toLowerCase(Locale.ROOT));
    }
  }

  /** Without fingerprints, which have six digits in them by chance, once in a thousand runs. */
  private static String unmasked(String shown) {
    return FINGERPRINT.matcher(shown).replaceAll("[fp]");
  }

  /** Everything that a sink may be given of an exchange. */
  static Map<String, Object> record(Exchange exchange) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("url", exchange.request().url());
    record.put("sent", exchange.request().headers());
    record.put("got", exchange.responseHeaders());
    record.put("form", new Document.Form(exchange.requestBody()));
    record.put("json", new Document.Json(exchange.requestBody()));
    record.put("body", new Document.Text(exchange.requestBody()));
    record.put("answer", new Document.Json(exchange.responseBody()));
    record.put("page", new Document.Text(exchange.responseBody()));
    return record;
  }
}

package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text takes longer than its length, and no flood of secrets washes away those of the host. That
 * nothing throws and nothing shows, whatever a peer sends, {@code RedactionFuzz} tries.
 */
class RedactionLimitsTest {

  private static final String CANARY = "Kd7fQ2-xW9_mZ4.vB6tR1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A1",
        "=",
        "\"",
        "\\",
        "%",
        "%25",
        "&#",
        "[fp:",
        "[len=",
        "Bearer ",
        "password=\"",
        "key:'",
        "http://",
        "?a=",
        "eyJhbGci.",
        "-----BEGIN ",
        "<",
        "<!--",
        "<script",
        "Kd7fQ2-x",
        "Kd7fQ2-xW9 ",
        "{\"a\":",
        "[",
        "token ",
        "a@",
        ";",
        "a.b/",
        "&amp;",
        "\\u005c",
        "%2525"
      })
  void noTextTakesLongerThanItsLength(String part) {
    Redactor redactor = learned();
    String text = part.repeat(24 * 1024 / part.length());
    redactor.redact(record(text.substring(0, 1024))); // Warm.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    redactor.redact(record(text));
    // Some 100 ms; a quadratic walk over 24 KiB takes half a minute and more.
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aFloodOfDecoysDoesNotFlushWhatTheHostUses() {
    Redactor redactor = learned();
    StringBuilder decoys = new StringBuilder("{\"token_type\":\"x\"");
    for (int i = 0; i < 20_000; i++) {
      decoys.append(",\"password_token_").append(i).append("\":\"Kd7fQ2-x").append(i).append('"');
    }
    redactor.learn(decoys.append('}').toString().getBytes(UTF_8));
    String shown = redactor.redact(Map.of("text", "it said " + CANARY)).fields().toString();
    assertThat(shown).doesNotContain(CANARY).contains("[fp:");
  }

  @Test
  void ofAChallengeThatIsLongForItsOwnSakeTheStartIsShown() {
    StringBuilder value = new StringBuilder("Bearer error=\"invalid_token\"");
    for (int i = 0; i < 5000; i++) {
      value.append(", realm=\"").append(i).append('"');
    }
    String shown =
        new ChallengeRedaction(new Masks(new Fingerprints())).challenge(value + ", x=" + CANARY);
    assertThat(shown)
        .startsWith("Bearer error=\"invalid_token\", realm=\"0\"")
        .contains("realm=\"1000\"", "[len=")
        .doesNotContain("realm=\"1100\"")
        .doesNotContain(CANARY);
  }

  private static Redactor learned() {
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    redactor.learn(new Place("sent", '-', "Authorization: Bearer @").exchange(CANARY));
    return redactor;
  }

  private static Map<String, Object> record(String text) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("text", text);
    record.put(
        "headers",
        Headers.of(
            "WWW-Authenticate",
            text,
            "Authorization",
            text,
            "Cookie",
            text,
            "Set-Cookie",
            text,
            "Location",
            text,
            "Server",
            text,
            text,
            text));
    record.put("form", new Document.Form(Body.of(text)));
    record.put("json", new Document.Json(Body.of(text)));
    record.put("body", new Document.Text(Body.of(text)));
    return record;
  }
}

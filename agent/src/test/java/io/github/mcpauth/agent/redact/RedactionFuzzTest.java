package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.SseParser;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a peer sends, no reader throws, none takes longer than the length of its input, and what
 * was learned stays hidden: seeded mutations of what peers send. A longer run: {@code
 * -Dfuzz.rounds=1000000 -Dfuzz.seed=…}.
 */
class RedactionFuzzTest {

  private static final String CANARY = "Kd7fQ2-xW9_mZ4.vB6tR1";
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1000);
  private static final long SEED = Long.getLong("fuzz.seed", 14);

  private static final List<String> CORPUS =
      List.of(
          "Bearer realm=\"x\", error=\"invalid_token\", scope=\"a b\", Digest nonce=\"@\"",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no @\"}}",
          "event: message\nid: 1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"@\"}\n\n",
          "{\"issuer\":\"https://as.example\",\"token_endpoint\":\"https://as.example/@\"}",
          "{\"resource\":\"https://h.example/mcp\",\"authorization_servers\":[\"https://@\"]}",
          "grant_type=authorization_code&code=@&redirect_uri=http%3A%2F%2Fl%2Fcb",
          "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FzIiwiYXVkIjoieCIsImV4cCI6MX0.@",
          "https://u:@@h.example/a/@;s=@?k=@&redirect_uri=https%3A%2F%2Fh%2F%3Fcode%3D@#t=@",
          "sid=@; path=@; Domain=@; SameSite=Lax",
          "it said password = \"@ [fp:012345678901 len=9] &#64; %40 \\u0040\" \\/ Bearer @",
          "<html><title>no</title><input name=\"SAMLResponse\" value=\"@\"><script>@</script>@");

  private static final String SPECIAL = "\"\\%&#;:=[]{}()<>/?,@. \n\t\u0000\uFFFD\uD800-_+~é'";

  private final Random random = new Random(SEED);

  @Test
  void nothingThrowsAndNothingShows() {
    Redactor redactor = learned();
    for (int round = 0; round < ROUNDS; round++) {
      String input = mutated(CORPUS.get(random.nextInt(CORPUS.size())));
      String planted = input.replace("@", CANARY);
      read(planted);
      String shown = redactor.redact(record(planted)).fields().toString();
      assertThat(shown).as("seed %d, round %d: %s", SEED, round, input).doesNotContain(CANARY);
    }
  }

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
    String text = part.repeat(64 * 1024 / part.length());
    redactor.redact(record(text.substring(0, 1024))); // Warm.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    redactor.redact(record(text));
    // Some 100 ms; a quadratic walk over 64 KiB takes minutes.
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

  private static void read(String text) {
    Challenges.parse(List.of(text));
    JsonRpc.parse(text.getBytes(UTF_8));
    JwtClaims.of(text);
    byte[] bytes = text.getBytes(UTF_8);
    SseParser parser = new SseParser(1024, event -> {});
    for (int i = 0; i < bytes.length; i += 3) {
      parser.feed(bytes, i, Math.min(3, bytes.length - i));
    }
  }

  private String mutated(String text) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> mutated.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 1 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(5)));
        case 2 -> mutated.insert(at, CORPUS.get(random.nextInt(CORPUS.size())));
        default -> mutated.append(mutated.substring(at));
      }
      mutated.setLength(Math.min(mutated.length(), 4096));
    }
    return mutated.toString();
  }
}

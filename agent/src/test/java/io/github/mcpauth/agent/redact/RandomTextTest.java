package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many keys pass for names, and how many names for keys, on seeded samples. */
class RandomTextTest {

  private static final int SAMPLES = 100_000;
  private static final String NANOID =
      "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";

  private final Random random = new Random(20261125);

  @Test
  void fewerThanOneInAThousandKeysOfSixteenBytesPass() {
    assertThat(missed(() -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(16))))
        .isLessThanOrEqualTo(SAMPLES / 1000);
    assertThat(missed(() -> HexFormat.of().formatHex(bytes(16))))
        .isLessThanOrEqualTo(SAMPLES / 1000);
    assertThat(missed(() -> drawn(NANOID, 21))).isLessThanOrEqualTo(SAMPLES / 1000);
  }

  @Test
  void longerKeysPassMoreRarely() {
    assertThat(missed(() -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(24))))
        .isLessThanOrEqualTo(SAMPLES / 5000);
    assertThat(missed(() -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32))))
        .isLessThanOrEqualTo(SAMPLES / 10000);
  }

  @Test
  void fewerThanOneInFiftyShorterOnesPass() {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    assertThat(missed(() -> HexFormat.of().formatHex(bytes(8)))).isLessThan(SAMPLES / 100);
    assertThat(missed(() -> drawn(letters, 22))).isLessThan(SAMPLES / 50);
    assertThat(missed(() -> drawn(letters + letters.toUpperCase(java.util.Locale.ROOT), 21)))
        .isLessThan(SAMPLES / 100);
  }

  @Test
  void fewerThanOneInAHundredSlugsAreTakenForKeys() throws IOException {
    List<String> words = words();
    assertThat(taken(() -> joined(words, "-"))).isLessThan(SAMPLES / 100);
    assertThat(taken(() -> joined(words, "_") + "-" + (1 + random.nextInt(99))))
        .isLessThan(SAMPLES / 100);
    assertThat(taken(() -> joined(words, "-") + "-2025-11-" + (10 + random.nextInt(20))))
        .isLessThan(SAMPLES / 100);
  }

  @Test
  void uuidsAndDatesStay() {
    assertThat(taken(() -> new UUID(random.nextLong(), random.nextLong()).toString())).isZero();
    assertThat(taken(() -> "2025-" + (10 + random.nextInt(3)) + "-" + (10 + random.nextInt(19))))
        .isZero();
    assertThat(taken(() -> String.valueOf(random.nextInt(Integer.MAX_VALUE)))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oauth-protected-resource",
        "oauth-authorization-server",
        "openid-configuration",
        ".well-known",
        "2025-11-25T10:30:00Z",
        "v1.18.1-beta28",
        "getting-started-with-oauth-2025",
        "io.modelcontextprotocol.server",
        "MCP-Protocol-Version",
        "code_challenge_methods_supported",
        "x86_64-linux",
        "release-2025-11",
        "myMcpServerForClaudeDesktop",
        "ProtectedResourceMetadata",
        "ap-southeast-2",
        "jira-cloud-v3"
      })
  void namesOfEveryDayStay(String name) {
    assertThat(RandomText.isLikely(name)).isFalse();
  }

  private int missed(Supplier<String> keys) {
    return SAMPLES - taken(keys);
  }

  private int taken(Supplier<String> texts) {
    int taken = 0;
    for (int i = 0; i < SAMPLES; i++) {
      taken += RandomText.isLikely(texts.get()) ? 1 : 0;
    }
    return taken;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String drawn(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String joined(List<String> words, String between) {
    List<String> some = new ArrayList<>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      some.add(words.get(random.nextInt(words.size())));
    }
    return String.join(between, some);
  }

  /** The words of our own texts, of letters only. */
  private static List<String> words() throws IOException {
    try (InputStream file = Vocabulary.class.getResourceAsStream("vocabulary.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<String> words = text.lines().filter(word -> word.matches("[a-z]{3,12}")).toList();
      assertThat(words).hasSizeGreaterThan(500);
      return words;
    }
  }
}

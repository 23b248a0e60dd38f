package io.github.mcpauth.agent.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Nobody can blind the log by sending its own words as secrets: neither the names of OAuth and MCP
 * nor any text of rules and agent is masked, whoever taught which of them, where and how.
 */
class VocabularyTest {

  private static final List<Place> PLACES =
      List.of(
          new Place("sent", '-', "Authorization: Bearer @"),
          new Place("sent", '-', "Authorization: @"),
          new Place("sent", '-', "Cookie: @=@"),
          new Place("sent", '-', "X-Acme: @"),
          new Place("got", '-', "WWW-Authenticate: Digest nonce=\"@\""),
          new Place("got", '-', "Set-Cookie: a=@"),
          new Place("got", '-', "Mcp-Session-Id: @"),
          new Place("answer", '-', "{\"token_type\":\"x\",\"access_token\":\"@\",\"otp\":\"@\"}"),
          new Place("call", '-', "{\"params\":{\"arguments\":{\"password\":\"@\",\"a\":\"@\"}}}"));

  private final Redactor fresh = redactor();
  private final Redactor taught = redactor();

  private static Redactor redactor() {
    return new Redactor(Redactor.Level.DEFAULT, new Fingerprints(new byte[1]));
  }

  @Test
  void noneOfItsWordsIsMaskedWhoeverSentItAsASecret() throws IOException, URISyntaxException {
    int count = 0;
    for (String word : words()) {
      for (int i = 0; i < PLACES.size(); i += 4) {
        taught.learn(PLACES.get(count++ % PLACES.size()).exchange(word));
      }
    }
    survives();
    for (String word : words()) {
      assertThat(shown(taught, word)).isEqualTo(shown(fresh, word));
    }
  }

  @Test
  void norIsATextOfItsOwnThatAServerSentAsASecret() throws IOException, URISyntaxException {
    for (String text : texts()) {
      String members = Json.write(Map.of("token_type", "x", "access_token", text, "acme", text));
      taught.learn(new Place("answer", '-', members.replace("@", "")).exchange(""));
    }
    survives();
  }

  @Test
  void norWhatBeginsLikeOneOfItsWordsOrIsAPartOfOne() throws IOException, URISyntaxException {
    int count = 0;
    for (String word : words()) {
      if (word.length() > SeenSecrets.HEAD) {
        Place place = PLACES.get(count++ % PLACES.size());
        taught.learn(place.exchange(word.substring(0, SeenSecrets.HEAD)));
        taught.learn(place.exchange(word.substring(0, SeenSecrets.HEAD) + "4zQ9"));
      }
    }
    survives();
  }

  /** Who reads the log looks these up. */
  @Test
  void norIsAnErrorCodeOfEntra() {
    for (Place place : PLACES) {
      taught.learn(place.exchange("AADSTS50076"));
      taught.learn(place.exchange("AADSTS50x5fq9TbR2"));
    }
    String said = "AADSTS50020: User account does not exist in tenant";
    assertThat(shown(taught, said)).isEqualTo(said);
    assertThat(shown(taught, "AADSTS50076")).isEqualTo("AADSTS50076");
    assertThat(shown(taught, "AADSTS50x5fq9TbR2")).doesNotContain("5fq9");
  }

  private void survives() throws IOException, URISyntaxException {
    int plain = 0;
    List<String> texts = texts();
    for (String text : texts) {
      String unharmed = shown(fresh, text);
      assertThat(shown(taught, text)).isEqualTo(unharmed);
      plain += unharmed.equals(text) ? 1 : 0;
    }
    assertThat(plain).isGreaterThan(texts.size() * 99 / 100);
  }

  private static String shown(Redactor redactor, String text) {
    return redactor.redact(Map.of("message", text)).text("message");
  }

  /** The string constants of rules and agent that are sentences, or parts of one. */
  private static List<String> texts() throws IOException, URISyntaxException {
    List<String> texts = new ArrayList<>();
    VocabularyFile.texts(
        text -> {
          boolean sentence = text.strip().split(" ", -1).length > 3;
          if (sentence && text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '\\')) {
            texts.add(text);
          }
        });
    assertThat(texts).hasSizeGreaterThan(1000);
    return texts;
  }

  private static List<String> words() throws IOException {
    try (InputStream file = Vocabulary.class.getResourceAsStream("vocabulary.txt")) {
      List<String> words = new String(file.readAllBytes(), UTF_8).lines().toList();
      assertThat(words).hasSizeGreaterThan(2000);
      return words;
    }
  }
}

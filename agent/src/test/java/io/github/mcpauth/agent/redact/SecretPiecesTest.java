package io.github.mcpauth.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Headers;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The middle or the end of what the host uses, as it is where a stream or a buffer is cut. */
class SecretPiecesTest {

  private static final String SHORT = "Kd7fQ2-xW9_mZ4.vB6tR1";
  private static final String LONG =
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0."
          + "q7Xv2Lk9Pz4Tn8Rw3Ym6Bd1Hc5Gf0Js_oKaQeUiW-ZxVtNbM7l2E9r4S6y8D1h3F";

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());

  private String shown(String text) {
    return redactor.redact(Map.of("text", text)).text("text");
  }

  private void sends(String token) {
    Place place = new Place("sent", '-', "Authorization: Bearer @");
    redactor.learn(place.exchange(token));
  }

  @RepeatedTest(50)
  void anyEightCharactersOfAShortOne() {
    sends(SHORT);
    for (int from = 0; from + 8 <= SHORT.length(); from++) {
      String piece = SHORT.substring(from, from + 8);
      assertThat(shown("it went on: ..." + piece)).doesNotContain(piece);
    }
  }

  @RepeatedTest(50) // Which pieces are kept hangs on a random base.
  void anySixteenCharactersOfALongOne() {
    sends(LONG);
    for (int from = 0; from + 16 <= LONG.length(); from++) {
      String piece = LONG.substring(from, from + 16);
      String shown = shown("it went on: ..." + piece + "... and so on");
      for (int i = 0; i + 8 <= piece.length(); i++) {
        assertThat(shown).doesNotContain(piece.substring(i, i + 8));
      }
    }
  }

  @Test
  void twoEventsWithOneHalfEach() {
    sends(SHORT);
    assertThat(shown("the token Kd7fQ2-xW")).doesNotContain("Kd7fQ2");
    assertThat(shown("9_mZ4.vB6tR1 is unknown")).doesNotContain("mZ4").contains("is unknown");
  }

  @Test
  void aTokenMadeOfOrdinaryWordsHidesNone() {
    sends("x9.mcp.example.com.server-metadata-2025");
    assertThat(shown("https://mcp.example.com/mcp says: no server-metadata here"))
        .isEqualTo("https://mcp.example.com/mcp says: no server-metadata here");
  }

  @Test
  void whatAPeerNamesHidesNoPieces() {
    String answer = "{\"token_type\":\"x\",\"access_token\":\"q7Xv2Lk9Pz4Tn8Rw3\"}";
    redactor.learn(new Place("answer", '-', answer.replace("@", "")).exchange(""));
    assertThat(shown("item Pz4Tn8Rw3")).isEqualTo("item Pz4Tn8Rw3");
    redactor.redact(Map.of("sent", Headers.of("Authorization", "Bearer q7Xv2Lk9Pz4Tn8Rw3")));
  }
}

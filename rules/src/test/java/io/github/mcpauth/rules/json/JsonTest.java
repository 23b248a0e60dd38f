package io.github.mcpauth.rules.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of hostile servers becomes plain values within bounds, and plain values become ASCII. */
class JsonTest {

  @Test
  void everyKindOfValueIsReadInOrder() throws IOException {
    Object value = read("{\"b\":[1,2.5,\"x\",true,false,null],\"a\":{\"n\":{}},\"b2\":[[]]}");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("b", Arrays.asList(1, 2.5, "x", true, false, null));
    expected.put("a", Map.of("n", Map.of()));
    expected.put("b2", List.of(List.of()));
    assertThat(value).isEqualTo(expected);
    assertThat(String.valueOf(value)).startsWith("{b=[").endsWith("a={n={}}, b2=[[]]}");
  }

  @Test
  void anEmptyTextIsNoValueAndOnlyTheFirstOneCounts() throws IOException {
    assertThat(read("")).isNull();
    assertThat(read(" \n")).isNull();
    assertThat(read("null")).isNull();
    assertThat(read("{\"a\":1} <html>")).isEqualTo(Map.of("a", 1));
  }

  @Test
  void ofAMemberThatComesTwiceTheLastCounts() throws IOException {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "[",
        "[1",
        "[1,",
        "\"abc",
        "<html>",
        "{a:1}",
        "tru",
        "{\"a\":1]",
        "[1}",
        "'a'",
        "NaN"
      })
  void whatIsCutShortOrSomethingElseIsAnError(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNestedTooDeepIsAnErrorAndNoStackOverflow() throws IOException {
    assertThat(read("[".repeat(100) + "]".repeat(100))).isInstanceOf(List.class);
    assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).isInstanceOf(IOException.class);
  }

  @Test
  void aStringBeyondTheBoundIsAnError() throws IOException {
    assertThat(read("\"" + "x".repeat(1 << 20) + "\"")).isEqualTo("x".repeat(1 << 20));
    assertThatThrownBy(() -> read("\"" + "x".repeat(2 << 20) + "\""))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aNumberKeepsItsValueThereAndBack() throws IOException {
    String numbers = "[0,-1,2147483648,123456789012345678901234567890,0.1]";
    assertThat(read(numbers))
        .isEqualTo(
            List.of(0, -1, 2147483648L, new BigInteger("123456789012345678901234567890"), 0.1));
    assertThat(Json.write(read(numbers))).isEqualTo(numbers);
    assertThat(Json.write(List.of(new BigDecimal("1.50"), 2.5f, (short) 3)))
        .isEqualTo("[1.50,2.5,3]");
  }

  @Test
  void whatNoNumberCanHoldIsStillJsonWhenItIsWritten() throws IOException {
    String written = Json.write(Arrays.asList(read("1e999"), Double.NaN));
    assertThat(written).isEqualTo("[\"Infinity\",\"NaN\"]");
    assertThat(read(written)).isEqualTo(List.of("Infinity", "NaN"));
  }

  @Test
  void textIsWrittenInAsciiAndReadAsItWas() throws IOException {
    String text = "é\u2028\u202e\"\\\n\u0000\ud83d\ude00";
    String written = Json.write(Map.of(text, text));
    assertThat(written).matches("[\\x20-\\x7e]+");
    assertThat(read(written)).isEqualTo(Map.of(text, text));
  }

  @Test
  void whatIsNoneOfTheKindsIsWrittenAsItsString() throws IOException {
    assertThat(Json.write(Map.of(1, URI.create("https://mcp.example/mcp"))))
        .isEqualTo("{\"1\":\"https://mcp.example/mcp\"}");
    assertThat(Json.write(null)).isEqualTo("null");
  }

  private static @Nullable Object read(String text) throws IOException {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}

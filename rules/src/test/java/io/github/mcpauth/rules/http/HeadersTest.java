package io.github.mcpauth.rules.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields keep order, spelling and repetition, and are found by any spelling (RFC 9110 §5). */
class HeadersTest {

  private static final Headers FIELDS =
      Headers.of("Accept", "a", "X-Trace", "1", "ACCEPT", "b", "Empty", "");

  @Test
  void namesAreFoundInAnySpelling() {
    assertThat(FIELDS.first("accept")).isEqualTo("a");
    assertThat(FIELDS.all("accept")).containsExactly("a", "b");
    assertThat(FIELDS.has("x-TRACE")).isTrue();
    assertThat(FIELDS.has("Empty")).isTrue();
    assertThat(FIELDS.first("absent")).isNull();
    assertThat(FIELDS.all("absent")).isEmpty();
  }

  @Test
  void withReplacesEveryLineAtThePlaceOfTheFirstAndKeepsItsSpelling() {
    assertThat(FIELDS.with("accept", "c"))
        .containsExactly(
            new Header("Accept", "c"), new Header("X-Trace", "1"), new Header("Empty", ""));
    assertThat(FIELDS.with("New", "n").asList()).hasSize(5).endsWith(new Header("New", "n"));
  }

  @Test
  void plusAddsALineAndWithoutTakesAllAway() {
    assertThat(FIELDS.plus("Accept", "c").all("Accept")).containsExactly("a", "b", "c");
    assertThat(FIELDS.without("accept").asList())
        .containsExactly(new Header("X-Trace", "1"), new Header("Empty", ""));
    assertThat(FIELDS.without("absent")).isSameAs(FIELDS);
    assertThat(FIELDS.size()).isEqualTo(4); // What they were made of stays as it is.
  }

  @Test
  void aMapOfListsBecomesALineForEachValue() {
    assertThat(Headers.of(Map.of("Set-Cookie", List.of("a=1", "b=2"))).all("set-cookie"))
        .containsExactly("a=1", "b=2");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json",
    "' Application/JSON ; charset=utf-8', application/json",
    "text/event-stream;x, text/event-stream",
    "'', ''",
    ", "
  })
  void theMediaTypeIsWithoutParametersInLowerCase(String field, String expected) {
    Headers headers = field == null ? Headers.NONE : Headers.of("content-type", field);
    assertThat(new ResponseHead(200, headers).mediaType()).isEqualTo(expected);
  }
}

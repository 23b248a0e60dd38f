package io.github.mcpauth.agent.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of the log, for a person. */
class LineTextTest {

  @ParameterizedTest
  @CsvSource({
    "29.50, 29.5",
    "30.00, 30",
    "0.00, 0",
    "100, 100",
    "29.5, 29.5",
    "0.07, 0.07",
    "'', ''"
  })
  void aDurationIsTheSameFromAnExchangeAndFromAReader(String written, String shown) {
    Object duration = written.isEmpty() ? "" : new BigDecimal(written);
    Map<String, Object> fields = Map.of(Field.DURATION.key(), duration);
    String line = LineText.of(EventName.HTTP_EXCHANGE, "", fields);
    assertThat(line).endsWith("  " + shown + " ms");
  }

  @ParameterizedTest
  @CsvSource({"1.5E9, 1.5E9", "much, much", ".0, ''", ".000, ''"})
  void whatSomebodyElseWroteIsShownAsItIs(String written, String shown) {
    String line = LineText.of(EventName.HTTP_EXCHANGE, "", Map.of(Field.DURATION.key(), written));
    assertThat(line).endsWith("  " + shown + " ms");
  }
}

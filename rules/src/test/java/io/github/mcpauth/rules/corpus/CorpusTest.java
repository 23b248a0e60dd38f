package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of the corpus gives the one finding that it names, or none. */
class CorpusTest {

  static List<Row> rows() {
    return Row.files().stream().flatMap(file -> Row.read(file).stream()).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyRowGivesTheOneFindingItNames() {
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.file() + ":" + row.line() + " " + row.section() + ": " + row.title(),
                    () -> check(row)));
  }

  private static void check(Row row) {
    Player player = Player.play(row);
    String expected = row.expected();
    if (expected == null) {
      assertThat(player.found()).as("%s", player.details()).isEmpty();
    } else {
      assertThat(player.found()).as("%s", player.details()).hasSize(1);
      String found = player.found().get(0);
      boolean anyCause = expected.indexOf('(') < 0 && found.startsWith(expected + "(");
      assertThat(anyCause ? expected : found).isEqualTo(expected);
    }
  }

  @Test
  void everyRuleHasThreeRowsThatFireAndThreeThatDoNot() {
    Map<String, int[]> counts = new LinkedHashMap<>();
    Catalogue.ruleNames().forEach(rule -> counts.put(rule, new int[2]));
    List<Row> rows = rows();
    for (Row row : rows) {
      int[] count = counts.get(row.section());
      if (count != null) {
        count[row.fires() ? 0 : 1]++;
      }
    }
    List<String> short_ = new ArrayList<>();
    counts.forEach(
        (rule, count) -> {
          if (count[0] < 3 || count[1] < 3) {
            short_.add(rule + " " + count[0] + "+" + count[1]);
          }
        });
    assertThat(short_).isEmpty();
    assertThat(rows.size()).isGreaterThanOrEqualTo(250);
  }
}

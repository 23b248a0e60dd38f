package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.corpus.FieldCase.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each kind of fault there are cases of our own, beside those that were given to us. */
class KindsTest {

  private static final List<String> OWN =
      List.of(
          "neighbours.txt",
          "wild.txt",
          "further.txt",
          "fresh.txt",
          "trackers.txt",
          "reports.txt",
          "later.txt",
          "last.txt",
          "kinds.txt");

  private static final int ENOUGH = 3;
  private static final Map<String, FieldCase> CASES = cases();

  private static Map<String, FieldCase> cases() {
    Map<String, FieldCase> cases = new HashMap<>();
    OWN.forEach(file -> FieldCase.read(file).forEach(each -> cases.putIfAbsent(each.name(), each)));
    return cases;
  }

  static Stream<String> kinds() {
    return Row.text("kinds/kinds.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachHasThreeCasesThatAreNamedRightly(String line) {
    String[] cells = line.split(": ", -1);
    List<String> names = List.of(cells[cells.length - 1].split(", ", -1));
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(ENOUGH);
    for (String name : names) {
      assertThat(CASES).as("a case of our own").containsKey(name);
      FieldCase its = Objects.requireNonNull(CASES.get(name));
      assertThat(its.judge(Player.play(its.steps()).findings())).as(name).isEqualTo(Verdict.RIGHT);
    }
  }
}

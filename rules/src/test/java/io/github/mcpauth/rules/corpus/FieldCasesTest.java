package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.corpus.FieldCase.Verdict;
import io.github.mcpauth.rules.finding.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many of the reported cases are named rightly by cause, party and step. The score is printed
 * by {@code mvn -pl rules test -Dtest=FieldCasesTest}; {@code -Dmcpauth.cases=<word>} prints what
 * is said in the cases whose name or verdict holds the word.
 */
class FieldCasesTest {

  @ParameterizedTest
  @CsvSource({
    "oauth.txt, 54",
    "transport.txt, 53",
    "neighbours.txt, 80",
    "wild.txt, 100",
    "further.txt, 80"
  })
  void noFewerAreRightThanBefore(String file, int right) {
    Map<Verdict, Integer> score = new EnumMap<>(Verdict.class);
    StringBuilder told = new StringBuilder();
    String shown = System.getProperty("mcpauth.cases");
    List<FieldCase> cases = FieldCase.read(file);
    for (FieldCase each : cases) {
      Player player = Player.play(each.steps());
      Verdict verdict = each.judge(player.findings());
      score.merge(verdict, 1, Integer::sum);
      String line = verdict + " " + each.name();
      if (verdict != Verdict.RIGHT || (shown != null && line.matches(shown))) {
        told.append("  ").append(line).append(": ").append(player.found()).append('\n');
      }
      if (shown != null && line.matches(shown)) {
        player.findings().forEach(finding -> told.append(words(finding)));
      }
    }
    System.out.println(file + ": " + cases.size() + " cases, " + score + "\n" + told);
    assertThat(score.getOrDefault(Verdict.RIGHT, 0))
        .as(told.toString())
        .isGreaterThanOrEqualTo(right);
  }

  private static String words(Finding finding) {
    return "    "
        + finding.severity()
        + "/"
        + finding.confidence()
        + " "
        + finding.actor()
        + " "
        + finding.title()
        + "\n    "
        + finding.message()
        + finding.remedy().stream().map(step -> "\n      - " + step).collect(Collectors.joining())
        + "\n";
  }
}

package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.corpus.FieldCase.Verdict;
import io.github.mcpauth.rules.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many of the reported cases are named rightly by cause, party and step. The score is printed
 * by {@code mvn -pl rules test -Dtest=FieldCasesTest}; {@code -Dmcpauth.cases=<pattern>} prints
 * what is said in those that the pattern names, as in {@code FieldCasesIT}, and fails where it
 * names none.
 */
class FieldCasesTest {

  @BeforeAll
  static void whatIsAskedForExists() {
    boolean exists =
        FieldCase.files().stream()
            .anyMatch(
                file ->
                    FieldCase.read(file).stream()
                        .anyMatch(each -> FieldCase.isAskedFor(file, each.name())));
    assertThat(exists).as("no case has the name that -Dmcpauth.cases asks for").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "oauth.txt, 55",
    "transport.txt, 53",
    "neighbours.txt, 89",
    "wild.txt, 107",
    "further.txt, 84",
    "fresh.txt, 118",
    "trackers.txt, 93",
    "reports.txt, 40",
    "later.txt, 33",
    "last.txt, 24",
    "kinds.txt, 79",
    "sightings.txt, 88",
    "strangers.txt, 40",
    "passersby.txt, 32",
    "newcomers.txt, 30",
    "arrivals.txt, 55",
    "further-newcomers.txt, 15",
    "arrivals-later.txt, 19",
    "siblings.txt, 56",
    "vendors-transport.txt, 304",
    "siblings-later.txt, 51",
    "vendors-oauth.txt, 395",
    "healthy.txt, 11",
    "late-arrivals.txt, 42",
    "unseen.txt, 66"
  })
  void noFewerAreRightThanBefore(String file, int before) throws IOException {
    Map<Verdict, Integer> score = new EnumMap<>(Verdict.class);
    StringBuilder told = new StringBuilder();
    List<FieldCase> cases = FieldCase.read(file);
    for (FieldCase each : cases) {
      Player player = Player.play(each.steps());
      Verdict verdict = each.judge(player.findings());
      score.merge(verdict, 1, Integer::sum);
      boolean shown = FieldCase.someAreAskedFor() && FieldCase.isAskedFor(file, each.name());
      if (verdict != Verdict.RIGHT || shown) {
        told.append("  ").append(verdict).append(' ').append(each.name());
        told.append(": ").append(player.found()).append('\n');
      }
      if (shown) {
        player.findings().forEach(finding -> told.append(words(finding)));
      }
    }
    System.out.println(file + ": " + cases.size() + " cases, " + score + "\n" + told);
    int right = score.getOrDefault(Verdict.RIGHT, 0);
    assertThat(right).as(told.toString()).isGreaterThanOrEqualTo(before);
    assertThat(Files.readAllLines(Path.of("../README.md")))
        .as("README.md tells the score of %s", file)
        .anyMatch(
            line -> line.contains(file) && line.endsWith(right + " of " + cases.size() + " |"));
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

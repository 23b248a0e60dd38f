package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixSafety;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who must act, what they must do, and which fix is offered agree, in every finding there is. */
class ActorsTest {

  @TestFactory
  Stream<DynamicTest> everyFindingOfTheCorpus() {
    return CorpusTest.rows().stream()
        .filter(row -> row.expected() != null)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.file() + ":" + row.line() + " " + row.title(),
                    () -> Player.play(row).findings().forEach(ActorsTest::check)));
  }

  private static final Set<String> KINDS =
      Arrays.stream(Failure.Kind.values()).map(Enum::name).collect(Collectors.toSet());

  private static void check(Finding finding) {
    List<String> steps = finding.remedy();
    String who = finding.actor().inWords();
    assertThat(steps)
        .as("a step for the one who must act")
        .anyMatch(step -> step.startsWith(who + ": ") || step.contains(": " + lower(who) + ": "));
    String property = finding.fixProperty();
    if (property == null) {
      assertThat(finding.fixSafety()).isEqualTo(FixSafety.NONE);
    } else {
      assertThat(steps).anyMatch(step -> step.contains(property));
      // Its own fix, or that of another rule which cures its cause as well.
      assertThat(Catalogue.fixNames()).contains(property.substring("mcpauth.autofix.".length()));
    }
    assertThat(steps).allMatch(step -> !step.isBlank() && !step.contains("null"));
    assertThat(finding.evidence())
        .as("words, not names of constants")
        .noneMatch(each -> KINDS.contains(each.observed()));
    Object cause = finding.details().get("mcpauth.cause");
    assertThat(String.valueOf(cause)).matches("[a-z0-9-]+");
  }

  private static String lower(String who) {
    return who.equals("MCP server") ? who : who.toLowerCase(Locale.ROOT);
  }
}

package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pages on narrow terminals. */
class PageTextTest {

  @Test
  void paragraphsAndItemsAreAsWideAsTheTerminalAndTheRestStays() {
    String page =
        "# A title that is longer than that\n\none two three four\nfive six\n\n- seven eight nine ten"
            + "\n  eleven\n- twelve\n\n| a | table that stays as it is |\n\n1. thirteen fourteen fifteen";
    assertThat(PageText.of(page, 20))
        .containsExactly(
            "# A title that is longer than that",
            "",
            "one two three four",
            "five six",
            "",
            "- seven eight nine",
            "  ten eleven",
            "- twelve",
            "",
            "| a | table that stays as it is |",
            "",
            "1. thirteen fourteen",
            "   fifteen");
  }

  @Test
  void noPageLosesAWordAndEachFitsEightyColumns() {
    for (String rule : Catalogue.ruleNames()) {
      String page = Objects.requireNonNull(Catalogue.page(rule));
      List<String> lines = PageText.of(page, 80);
      assertThat(words(String.join(" ", lines))).as(rule).isEqualTo(words(page));
      assertThat(lines)
          .as(rule)
          .allMatch(
              line ->
                  line.length() <= 80
                      || line.startsWith("|")
                      || line.strip().split(" ", -1).length < 3);
    }
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }
}

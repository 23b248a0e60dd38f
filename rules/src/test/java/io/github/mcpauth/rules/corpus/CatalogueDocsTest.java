package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.corpus.CatalogueDocs.Page;
import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Catalogue, pages, fix properties, corpus and {@code RULES.md} say the same. */
class CatalogueDocsTest {

  private static final List<String> SECTIONS =
      List.of(
          "What you see",
          "Why",
          "Causes",
          "Specification",
          "Evidence",
          "What to do",
          "Automatic fix",
          "Silent when");

  private static final Pattern FIX = Pattern.compile("mcpauth\\.autofix\\.([a-z0-9-]+)");
  private static final int LONGEST_LINE = 120;

  static List<RuleInfo> rules() {
    return Catalogue.infos();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyPageHasAllSectionsInOrder(RuleInfo info) {
    Page page = Page.of(info.name());
    List<String> expected = new ArrayList<>(SECTIONS);
    if (!page.sections().containsKey("Causes")) {
      expected.remove("Causes");
    }
    assertThat(page.heading()).isEqualTo("# " + info.name());
    assertThat(page.sections().keySet()).containsExactlyElementsOf(expected);
    assertThat(page.sections().values()).noneMatch(String::isBlank);
    assertThat(page.sections().get("Silent when")).startsWith("- ");
    assertThat(page.text().lines()).noneMatch(line -> line.length() > LONGEST_LINE);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void relatedRulesExist(RuleInfo info) {
    assertThat(Page.of(info.name()).related())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .doesNotContain(info.name())
        .isSubsetOf(Catalogue.ruleNames());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyCauseOfTheCorpusIsInThePage(RuleInfo info) {
    assertThat(Page.of(info.name()).causes())
        .doesNotHaveDuplicates()
        .containsAll(CatalogueDocs.expectedCauses().getOrDefault(info.name(), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePageNamesTheFixAndItsSafetyOrSaysWhyThereIsNone(RuleInfo info) {
    Page page = Page.of(info.name());
    String start =
        info.fixProperty() == null
            ? "None: "
            : "`" + info.fixProperty() + "=on|dry-run` (" + info.fixSafety().label() + "). ";
    assertThat(page.sections().get("Automatic fix")).startsWith(start);
    assertThat(FIX.matcher(page.text()).results().map(found -> found.group(1)))
        .isSubsetOf(Catalogue.fixNames());
  }

  @Test
  void noPageIsWithoutARule() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(CatalogueDocs.PAGES))) {
      assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\.md$", "")))
          .containsExactlyInAnyOrderElementsOf(Catalogue.ruleNames());
    }
  }

  @Test
  void everyRuleIsInTheReferenceOnce() {
    List<String> named =
        CatalogueDocs.reference()
            .lines()
            .filter(line -> line.startsWith("| ["))
            .map(line -> line.substring(3, line.indexOf(']')))
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(Catalogue.ruleNames());
  }

  @Test
  void theReferenceIsUpToDate() throws IOException {
    Path file = Path.of("RULES.md");
    if (Boolean.getBoolean("mcpauth.docs.update")) {
      Files.writeString(file, CatalogueDocs.reference());
    }
    assertThat(Files.readString(file))
        .as("RULES.md; to write it anew: %s", CatalogueDocs.UPDATE)
        .isEqualTo(CatalogueDocs.reference());
  }
}

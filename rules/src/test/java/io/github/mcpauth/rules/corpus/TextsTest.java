package io.github.mcpauth.rules.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Evidence;
import io.github.mcpauth.rules.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read, in every finding there is: of the corpus, and of the cases of the field. */
class TextsTest {

  private static final Path CLASSES = Path.of("target/classes");

  /** Constants that are words of everybody's. */
  private static final Set<String> WORDS = Set.of("MCP", "TLS", "JSON");

  /** Words that make a fact of what is a guess, and a host of what is an application. */
  private static final Pattern UNFIT =
      Pattern.compile(
          "(?i)no matter of|not a matter of|certainly|obviously|definitely|of course|surely"
              + "|\\bMCP host\\b|\\bthe host'?s? (must|does|did|sends?|sent|has|should|can)\\b");

  /** A null of a peer's JSON is told as such; one of ours is a mistake. */
  private static final Pattern NULL = Pattern.compile("(?<!^|is |id: |with |or )\\bnull\\b");

  private static final List<Finding> FINDINGS = findings();

  private static List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    CorpusTest.rows().forEach(row -> all.addAll(Player.play(row).findings()));
    for (String file : FieldCase.files()) {
      FieldCase.read(file).forEach(each -> all.addAll(Player.play(each.steps()).findings()));
    }
    return all;
  }

  /** Title, message, steps and what was seen; not what a server is quoted with. */
  private static Set<String> texts(Finding finding) {
    Set<String> texts = new LinkedHashSet<>(List.of(finding.title(), finding.message()));
    texts.addAll(finding.remedy());
    for (Evidence each : finding.evidence()) {
      texts.add(each.observed());
      texts.add(String.valueOf(each.expected()).replaceFirst("^null$", ""));
    }
    return texts;
  }

  private static Set<String> allTexts() {
    Set<String> all = new TreeSet<>();
    FINDINGS.forEach(finding -> all.addAll(texts(finding)));
    return all;
  }

  @Test
  void noneNamesAConstantOrAClassOfOurs() throws IOException {
    Set<String> constants = constants();
    constants.removeAll(WORDS);
    assertThat(constants).contains("CANCELLED", "PROTECTED_RESOURCE_METADATA", "MCP_SERVER");
    Pattern blanks = Pattern.compile("\\W+");
    assertThat(allTexts().stream().filter(text -> text.contains("io.github.mcpauth"))).isEmpty();
    assertThat(
            allTexts().stream()
                .filter(text -> blanks.splitAsStream(text).anyMatch(constants::contains)))
        .isEmpty();
  }

  private static Set<String> constants() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String path = CLASSES.relativize(file).toString();
        if (path.endsWith("-info.class")) {
          continue;
        }
        String name =
            path.substring(0, path.length() - 6).replace(file.getFileSystem().getSeparator(), ".");
        Object[] constants =
            Class.forName(name, false, TextsTest.class.getClassLoader()).getEnumConstants();
        for (Object each : constants == null ? new Object[0] : constants) {
          names.add(((Enum<?>) each).name());
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  @Test
  void noneMakesAFactOfAGuessOrAHostOfAnApplication() {
    assertThat(allTexts().stream().filter(text -> UNFIT.matcher(text).find())).isEmpty();
  }

  @Test
  void noneShowsWhatWeDoNotHave() {
    assertThat(allTexts().stream().filter(text -> NULL.matcher(text).find())).isEmpty();
  }

  @Test
  void messagesBeginAsSentences() {
    Pattern sentence = Pattern.compile("(?s)([A-Z0-9]|https?://).*");
    assertThat(
            FINDINGS.stream()
                .map(Finding::message)
                .filter(each -> each.contains("  ") || !sentence.matcher(each).matches()))
        .isEmpty();
  }

  @Test
  void whatWasSeenDiffersFromWhatWasExpected() {
    for (Finding finding : FINDINGS) {
      for (Evidence each : finding.evidence()) {
        assertThat(each.observed().strip()).as(finding.message()).isNotEqualTo(each.expected());
      }
    }
  }

  /** A text that a server may write is no proof. */
  @Test
  void whereTheServersWordsDecideNothingIsCertain() {
    int told = 0;
    for (Finding finding : FINDINGS) {
      if (finding.message().contains("what it says means")) {
        told++;
        assertThat(finding.confidence()).as(finding.message()).isNotEqualTo(Confidence.CERTAIN);
      }
    }
    assertThat(told).isGreaterThan(100);
  }
}

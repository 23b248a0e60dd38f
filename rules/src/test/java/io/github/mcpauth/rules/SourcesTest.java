package io.github.mcpauth.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no compiler sees of the sources of all modules. */
class SourcesTest {

  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|TestFactory|RepeatedTest|FuzzTest)\\b(?s:.*?)\\s(\\w+)\\(\\)?[^;{]*\\{");

  private static final Pattern SENTENCE = Pattern.compile("[a-z][a-zA-Z0-9]+");

  private static final Pattern LEFT_OVER =
      Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled\\b|System\\.out\\.println\\(\"debug");

  /** A text split by a literal, or by anything else; the sets of scopes have a method so called. */
  private static final Pattern SPLIT =
      Pattern.compile("(?<!Scopes)\\.split\\(\\s*(\"?)((?:[^\"\\\\,)]|\\\\.)+)");

  private static final List<String> OF_OUR_FILES = List.of("WordTable.java", "VocabularyFile.java");

  @Test
  void testsAreNamedAsSentencesInCamelCase() throws IOException {
    List<String> others = new ArrayList<>();
    int tests = 0;
    for (Path file : sources("/src/test/")) {
      Matcher method = TEST_METHOD.matcher(Files.readString(file));
      while (method.find()) {
        tests++;
        if (!SENTENCE.matcher(method.group(1)).matches()) {
          others.add(file.getFileName() + ": " + method.group(1));
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(tests).isGreaterThan(500);
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    for (Path file : sources("/src/")) {
      if (!file.endsWith("SourcesTest.java")) {
        assertThat(LEFT_OVER.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
      }
    }
  }

  /** By more than a character it would be a regular expression, on a peer's text perhaps. */
  @Test
  void textsAreSplitAtOneCharacter() throws IOException {
    List<String> others = new ArrayList<>();
    int splits = 0;
    for (String module : List.of("/rules/src/main/", "/agent/src/main/")) {
      for (Path file : sources(module)) {
        Matcher split = SPLIT.matcher(Files.readString(file));
        while (split.find()) {
          splits++;
          String by = split.group(2);
          boolean character = by.length() == 1 || by.length() <= 3 && by.startsWith("\\");
          if (!character && !OF_OUR_FILES.contains(file.getFileName().toString())) {
            others.add(file.getFileName() + ": " + split.group());
          }
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(splits).isGreaterThan(15);
  }

  private static List<Path> sources(String place) throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        Path.of(".."),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            // What is built there comes and goes while tests run.
            boolean skipped = each.endsWith("target") || each.endsWith(".git");
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            String path = each.toString().replace('\\', '/');
            if (path.endsWith(".java") && path.contains(place)) {
              sources.add(each);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}

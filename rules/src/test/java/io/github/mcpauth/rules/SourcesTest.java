package io.github.mcpauth.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler sees of the sources of all modules. */
class SourcesTest {

  private static final Pattern TEST_METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|TestFactory|RepeatedTest|FuzzTest)\\b(?s:.*?)\\s(\\w+)\\(\\)?[^;{]*\\{");

  private static final Pattern SENTENCE = Pattern.compile("[a-z][a-zA-Z0-9]+");

  private static final Pattern LEFT_OVER =
      Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled\\b|System\\.out\\.println\\(\"debug");

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

  private static List<Path> sources(String place) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains(place))
          .filter(file -> !file.toString().replace('\\', '/').contains("/target/"))
          .toList();
    }
  }
}

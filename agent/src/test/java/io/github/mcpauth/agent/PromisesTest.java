package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a page of promises names is there: classes that keep one, tests and cases that prove it.
 */
class PromisesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:#(\\w+))?`");

  /** A test returns nothing, or the tests that it makes. */
  private static final BiPredicate<String, String> DECLARED =
      (source, method) ->
          source.contains("void " + method + "(")
              || source.contains("Stream<DynamicTest> " + method + "(");

  private static final Pattern CASE = Pattern.compile("`([a-z][\\w-]+)`");

  @ParameterizedTest
  @CsvSource({"promises.md, 20", "diagnosis.md, 40"})
  void everyClassAndEveryTestThatThePageNamesExists(String page, int least) throws IOException {
    Set<String> cases = cases();
    List<Path> main = sources("src/main/java");
    List<Path> tests = sources("src/test/java");
    List<String> missing = new ArrayList<>();
    int promises = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs").resolve(page))) {
      String[] cells = line.split("\\|");
      if (!line.startsWith("|") || cells.length < 4 || !line.contains("`")) {
        continue;
      }
      promises++;
      int keepers = find(cells[2], main, missing);
      int proofs = find(cells[3], tests, missing);
      Matcher matcher = CASE.matcher(cells[3]);
      while (matcher.find()) {
        proofs++;
        if (!cases.contains(matcher.group(1))) {
          missing.add(matcher.group());
        }
      }
      assertThat(keepers).as("a class that keeps it: %s", line).isPositive();
      assertThat(proofs).as("a test that proves it: %s", line).isPositive();
    }
    assertThat(missing).isEmpty();
    assertThat(promises).isGreaterThan(least);
  }

  /** The names of the field's cases. */
  private static Set<String> cases() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(ROOT.resolve("rules/src/test/resources/corpus/field"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("== ")) {
            names.add(line.substring(3, line.indexOf(':')));
          }
        }
      }
    }
    return names;
  }

  private static int find(String cell, List<Path> sources, List<String> missing)
      throws IOException {
    int names = 0;
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names++;
      boolean found = false;
      for (Path each : sources) {
        if (each.endsWith(matcher.group(1) + ".java")) {
          String method = matcher.group(2);
          found |= method == null || DECLARED.test(Files.readString(each), method);
        }
      }
      if (!found) {
        missing.add(matcher.group());
      }
    }
    return names;
  }

  private static List<Path> sources(String folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("rules", "agent", "agent/it")) {
      Path root = ROOT.resolve(module).resolve(folder);
      if (Files.exists(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(each -> each.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }
}

package io.github.mcpauth.agent;

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

/** Whatever the page of promises names is there: classes that keep one, tests that prove it. */
class PromisesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:#(\\w+))?`");

  @Test
  void everyClassAndEveryTestThatThePageNamesExists() throws IOException {
    List<Path> main = sources("src/main/java");
    List<Path> tests = sources("src/test/java");
    List<String> missing = new ArrayList<>();
    int promises = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/promises.md"))) {
      String[] cells = line.split("\\|");
      if (!line.startsWith("|") || cells.length < 4 || !line.contains("`")) {
        continue;
      }
      promises++;
      int keepers = find(cells[2], main, missing);
      int proofs = find(cells[3], tests, missing);
      assertThat(keepers).as("a class that keeps it: %s", line).isPositive();
      assertThat(proofs).as("a test that proves it: %s", line).isPositive();
    }
    assertThat(missing).isEmpty();
    assertThat(promises).isGreaterThan(20);
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
          found |= method == null || Files.readString(each).contains("void " + method + "(");
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

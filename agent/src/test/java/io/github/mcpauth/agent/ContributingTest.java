package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever CONTRIBUTING names, file, class, method or test, is there. */
class ContributingTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern PLACE = Pattern.compile("(rules|agent|docs|demo)/\\S+");
  private static final Pattern TYPE = Pattern.compile("(?:[a-z]+\\.)?([A-Z]\\w+)(?:\\.(\\w+))?.*");

  /** Of the JDK, or the name of a field. */
  private static final Set<String> ELSEWHERE = Set.of("Callable", "Runnable", "INFO");

  @Test
  void everyPlaceAndEveryTypeIsThere() throws IOException {
    List<String> files = files();
    List<String> missing = new ArrayList<>();
    int found = 0;
    Matcher quoted = QUOTED.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
    while (quoted.find()) {
      String name = quoted.group(1);
      Matcher place = PLACE.matcher(name.split(" ")[0]);
      Matcher type = TYPE.matcher(name);
      if (place.matches()) {
        found++;
        if (!place.group().contains("/target/") && !isPlace(place.group(), files)) {
          missing.add(name);
        }
      } else if (type.matches() && !ELSEWHERE.contains(type.group(1))) {
        found++;
        if (!isType(type.group(1), type.group(2), files)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(50);
  }

  /** {@code …} stands for some folders, {@code <area>} for one name. */
  private static boolean isPlace(String place, List<String> files) {
    StringBuilder pattern = new StringBuilder();
    Matcher part = Pattern.compile("…|<[^>]*>|[^…<]+").matcher(place);
    while (part.find()) {
      String text = part.group();
      pattern.append(
          text.equals("…") ? ".*" : text.startsWith("<") ? "[^/]+" : Pattern.quote(text));
    }
    Pattern all = Pattern.compile(pattern + "(/.*)?");
    return files.stream().anyMatch(each -> all.matcher(each).matches());
  }

  private static boolean isType(String name, String member, List<String> files) throws IOException {
    for (String each : files) {
      if (each.endsWith("/" + name + ".java")) {
        String source = Files.readString(ROOT.resolve(each));
        if (member == null || Pattern.compile("\\b" + member + "\\b").matcher(source).find()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (String folder : List.of("rules", "agent", "docs", "demo")) {
      Files.walkFileTree(
          ROOT.resolve(folder),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
              // What is built there comes and goes while tests run.
              return each.endsWith("target")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
              files.add(ROOT.relativize(each).toString().replace('\\', '/'));
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return files;
  }
}

package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that does not fit on some screens has more than one job: it is to be split by them. */
class FileLengthTest {

  private static final int MOST_LINES = 300;
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES = List.of("rules", "agent", "demo");
  private static final List<String> KINDS = List.of(".java", ".kt", ".mjs", ".js", ".py", ".sh");

  /** Those that may be longer, with the reason and how long. */
  private static final Map<String, Integer> LONGER =
      Map.of(
          // The promises of all fixes, each checked against one request: they share what it saw.
          "Watch.java", 400,
          // All servers of a random world, drawn in one order: another one makes other worlds.
          "WorldServers.java", 400);

  @Test
  void noFileIsLongerThanThreeHundredLines() throws IOException {
    Map<String, Long> tooLong = new TreeMap<>();
    int files = 0;
    for (String module : MODULES) {
      try (Stream<Path> paths = Files.walk(ROOT.resolve(module))) {
        for (Path file : paths.filter(FileLengthTest::isSource).toList()) {
          long lines = lines(file);
          files++;
          String name = file.getFileName().toString();
          if (lines > LONGER.getOrDefault(name, MOST_LINES)) {
            tooLong.put(name, lines);
          }
        }
      }
    }
    assertThat(files).isGreaterThan(900);
    assertThat(tooLong).isEmpty();
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return !path.contains("/target/")
        && !path.contains("/node_modules/")
        && KINDS.stream().anyMatch(path::endsWith)
        && Files.isRegularFile(file);
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who opens a package is told in a sentence what is in it. */
class PackageInfoTest {

  private static final Pattern SENTENCE =
      Pattern.compile("(?s)^/\\*\\*.{20,}?[.].*?\\*/\\s*(@\\w+\\s*)?package ");

  private static final List<String> SOURCES =
      List.of(
          "rules/src/main/java",
          "agent/src/main/java",
          "agent/it/src/test/java",
          "agent/junit/src/main/java",
          "agent/spring-boot/src/main/java",
          "agent/bench/src/main/java",
          "demo/src/main/java");

  @Test
  void everyPackageSaysWhatItHolds() throws IOException {
    Set<Path> packages = new TreeSet<>();
    for (String source : SOURCES) {
      try (Stream<Path> files = Files.walk(Path.of("..").resolve(source))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> packages.add(file.getParent()));
      }
    }
    assertThat(packages).hasSizeGreaterThan(60);
    for (Path each : packages) {
      Path info = each.resolve("package-info.java");
      assertThat(info).exists();
      assertThat(Files.readString(info)).as(info.toString()).containsPattern(SENTENCE);
    }
  }
}

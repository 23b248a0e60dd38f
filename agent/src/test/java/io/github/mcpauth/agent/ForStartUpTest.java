package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written for milliseconds says which row of the bench shows them, and is worth it. */
class ForStartUpTest {

  private static final Pattern ROW = Pattern.compile("constructs\\.put\\(\\s*\"([^\"]+)\"");

  @Test
  void everyMarkedConstructHasItsRowAndIsWorthIt() throws IOException {
    List<ForStartUp> marks = new ArrayList<>();
    for (JavaClass type : new ClassFileImporter().importPackages("io.github.mcpauth")) {
      type.tryGetAnnotationOfType(ForStartUp.class).ifPresent(marks::add);
      for (JavaMethod method : type.getMethods()) {
        method.tryGetAnnotationOfType(ForStartUp.class).ifPresent(marks::add);
      }
    }
    assertThat(marks).isNotEmpty().allMatch(mark -> mark.saves() >= 3);
    assertThat(rows()).containsAll(marks.stream().map(ForStartUp::row).toList());
  }

  private static Set<String> rows() throws IOException {
    Path bench = Path.of("bench/src/main/java/io/github/mcpauth/bench/program/FirstUse.java");
    Matcher row = ROW.matcher(Files.readString(bench));
    Set<String> rows = new TreeSet<>();
    while (row.find()) {
      rows.add(row.group(1));
    }
    return rows;
  }
}

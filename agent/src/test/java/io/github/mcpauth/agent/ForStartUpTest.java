package io.github.mcpauth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.mcpauth.rules.cost.ForStartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written for milliseconds says which row of the bench shows them, and is worth it. */
class ForStartUpTest {

  private static final int LEAST_MILLIS = 3;
  private static final Pattern ROW = Pattern.compile("constructs\\.put\\(\\s*\"([^\"]+)\"");
  private static final Pattern IN_A_COMMENT =
      Pattern.compile("@ForStartUp\\(row = \"([^\"]+)\", saves = (\\d+)\\)");

  private final Set<String> marked = new TreeSet<>();

  @Test
  void everyMarkHasItsRowAndEveryRowItsMark() throws IOException {
    for (JavaClass type : new ClassFileImporter().importPackages("io.github.mcpauth")) {
      type.tryGetAnnotationOfType(ForStartUp.class).ifPresent(this::mark);
      for (JavaMember member : type.getMembers()) {
        member.tryGetAnnotationOfType(ForStartUp.class).ifPresent(this::mark);
      }
    }
    Matcher comment = IN_A_COMMENT.matcher(Files.readString(Path.of("../pom.xml")));
    while (comment.find()) {
      mark(comment.group(1), Integer.parseInt(comment.group(2)));
    }
    assertThat(rows()).isEqualTo(marked);
  }

  private void mark(ForStartUp mark) {
    mark(mark.row(), mark.saves());
  }

  private void mark(String row, int saves) {
    assertThat(saves).as(row).isGreaterThanOrEqualTo(LEAST_MILLIS);
    marked.add(row);
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

package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the reference of the log and what the code writes together, in both directions. */
class LogReferenceTest {

  private static final Pattern FIELD = Pattern.compile("\"(mcpauth\\.[a-z_.]+[a-z])\"");
  private static final Pattern DOCUMENTED = Pattern.compile("`(mcpauth\\.[a-z_.]+[a-z])`");
  private static final Set<String> SETTINGS =
      Set.of("mcpauth.autofix", "mcpauth.enabled", "mcpauth.config");

  @Test
  void everyFieldThatIsWrittenIsInTheReferenceAndEveryOneThereIsWritten() throws IOException {
    Set<String> written = new TreeSet<>();
    for (String module : List.of("src/main/java", "../rules/src/main/java")) {
      try (Stream<Path> files = Files.walk(Path.of(module))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          if (!file.toString().contains("settings")) {
            written.addAll(matches(FIELD, Files.readString(file)));
          }
        }
      }
    }
    written.removeAll(SETTINGS);
    Set<String> documented = matches(DOCUMENTED, Files.readString(Path.of("LOG.md")));
    assertThat(written).hasSizeGreaterThan(50);
    assertThat(documented).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void everyEventIsInTheReference() throws IOException {
    assertThat(Files.readString(Path.of("LOG.md")))
        .contains("`agent.started`", "`agent.stopped`", "`agent.gap`", "`agent.error`")
        .contains("`http.exchange`", "`mcp.message`", "`server.state`")
        .contains("`finding`", "`finding.repeated`", "`finding.linked`")
        .contains("`fix.applied`", "`fix.skipped`");
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}

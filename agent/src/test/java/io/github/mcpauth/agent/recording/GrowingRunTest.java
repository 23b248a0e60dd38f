package io.github.mcpauth.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings of a run that goes on are all there, each once, whatever becomes of its files. */
class GrowingRunTest {

  private final Path folder;
  private final Path log;
  private final GrowingRun run;
  private long seq;

  GrowingRunTest(@TempDir Path folder) {
    this.folder = folder;
    this.log = folder.resolve("x.jsonl");
    this.run = new GrowingRun(log, "ours");
  }

  @Test
  void whatIsAddedIsReadOn() throws IOException {
    add(finding("one"));
    assertThat(rules()).containsExactly("one");
    add(finding("two"), other());
    assertThat(rules()).containsExactly("one", "two");
    assertThat(rules()).containsExactly("one", "two");
  }

  @Test
  void ofAnotherRunNothingIsTold() throws IOException {
    add(line("theirs", 0, "finding", "theirs"), finding("ours"), line("theirs", 1, "finding", "x"));
    assertThat(rules()).containsExactly("ours");
  }

  @Test
  void filesThatAreRolledMeanwhileAreRead() throws IOException {
    add(finding("one"));
    assertThat(rules()).containsExactly("one");
    add(finding("two"));
    Files.move(log, folder.resolve("x.1.jsonl"));
    add(finding("three"));
    assertThat(rules()).containsExactly("one", "two", "three");
    add(finding("four"));
    Files.move(folder.resolve("x.1.jsonl"), folder.resolve("x.2.jsonl"));
    Files.move(log, folder.resolve("x.1.jsonl"));
    add(finding("five"));
    Files.move(folder.resolve("x.2.jsonl"), folder.resolve("x.3.jsonl"));
    Files.move(folder.resolve("x.1.jsonl"), folder.resolve("x.2.jsonl"));
    Files.move(log, folder.resolve("x.1.jsonl"));
    add(finding("six"));
    assertThat(rules()).containsExactly("one", "two", "three", "four", "five", "six");
  }

  @Test
  void halfALineIsReadWhenItIsWhole() throws IOException {
    add(finding("one"));
    assertThat(rules()).containsExactly("one");
    String two = finding("two");
    append(two.substring(0, 20));
    assertThat(rules()).containsExactly("one");
    append(two.substring(20) + "\n");
    assertThat(rules()).containsExactly("one", "two");
    add(finding("three"));
    assertThat(rules()).containsExactly("one", "two", "three");
  }

  @Test
  void aRepeatOfWhatIsNotAskedForStandsForItself() throws IOException {
    add(finding("one"), line("ours", seq++, "finding.repeated", "one"));
    assertThat(run.of(line -> line.text(Field.EVENT_NAME).equals("finding.repeated")).findings())
        .singleElement()
        .extracting(LoggedFinding::rule)
        .isEqualTo("one");
    assertThat(rules()).as("both: one cause").containsExactly("one");
  }

  private List<String> rules() throws IOException {
    return run.of(any -> true).findings().stream().map(LoggedFinding::rule).toList();
  }

  private String finding(String rule) {
    return line("ours", seq++, "finding", rule);
  }

  private String other() {
    return line("ours", seq++, "http.exchange", "none");
  }

  private static String line(String run, long seq, String event, String rule) {
    return String.format(
        "{\"event.name\":\"%s\",\"mcpauth.run.id\":\"%s\",\"mcpauth.seq\":%d,\"mcpauth.rule\":\"%s\"}",
        event, run, seq, rule);
  }

  private void add(String... lines) throws IOException {
    append(String.join("\n", lines) + "\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}

package io.github.mcpauth.agent.recording;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogSchema;
import io.github.mcpauth.agent.recording.ServerVerdict.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs become a model of runs, servers, exchanges and findings, whatever state they are in. */
class RecordingReaderTest {

  private final Path folder;

  RecordingReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theRecordingsAreLogsOfThisVersion() throws IOException {
    for (String name : Recordings.ALL) {
      assertThat(LogSchema.checked(Recordings.log(name))).isNotEmpty();
    }
  }

  @Test
  void aRunHasItsServersExchangesAndFindings() throws IOException {
    Recording recording = Recordings.read(Recordings.log("reconnect"));
    assertThat(recording.broken()).isZero();
    assertThat(recording.runs()).hasSize(1);
    Run run = recording.runs().get(0);
    assertThat(run.pid()).isPositive();
    assertThat(run.started()).isNotNull();
    assertThat(run.stopped()).isNotNull();
    assertThat(run.missingLines()).isZero();
    assertThat(run.exchanges())
        .extracting(LoggedExchange::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(run.exchange(7)).isNotNull();
    assertThat(requireNonNull(run.exchange(1)).messages()).hasSize(1);
    assertThat(requireNonNull(run.exchange(1)).status()).isEqualTo(401);
    assertThat(requireNonNull(run.exchange(1)).start())
        .isBefore(requireNonNull(run.exchange(1)).end());
    assertThat(run.findings())
        .extracting(LoggedFinding::rule)
        .containsExactly("stale-token-after-auth");
    ServerVerdict verdict = ServerVerdict.of(recording).get(0);
    assertThat(verdict.standing()).isEqualTo(Standing.NOT_CONNECTED);
    assertThat(verdict.actor()).isEqualTo("host");
    assertThat(verdict.why()).isEqualTo(run.findings().get(0).title());
  }

  @Test
  void aRunThatWentWellWorks() throws IOException {
    ServerVerdict verdict =
        ServerVerdict.of(Recordings.read(Recordings.log(Recordings.GOOD))).get(0);
    assertThat(verdict.standing()).isEqualTo(Standing.WORKS);
    assertThat(verdict.server().state()).isEqualTo("connected");
  }

  @Test
  void repetitionsAreCountedAndNotAddedAgain() throws IOException {
    List<LoggedFinding> findings = Recordings.read(Recordings.log("reconnect-fixed")).findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).count()).isEqualTo(5);
  }

  @Test
  void rolledFilesAreOneLogWhicheverIsNamed() throws IOException {
    List<String> lines = Files.readAllLines(Recordings.log("reconnect"));
    write("x.2.jsonl", lines.subList(0, 6));
    write("x.1.jsonl", lines.subList(6, 13));
    write("x.jsonl", lines.subList(13, lines.size()));
    write("xy.1.jsonl", lines);
    write("x.10.txt", lines);
    for (Path[] named :
        new Path[][] {
          {folder.resolve("x.jsonl")},
          {folder.resolve("x.1.jsonl")},
          {folder.resolve("x.2.jsonl"), folder.resolve("x.jsonl"), folder.resolve("x.1.jsonl")}
        }) {
      Recording recording = Recordings.read(named);
      assertThat(recording.lines()).isEqualTo(lines.size());
      assertThat(recording.runs()).hasSize(1);
      assertThat(recording.runs().get(0).missingLines()).isZero();
      assertThat(recording.logs().get(0).log()).isEqualTo(folder.resolve("x.jsonl"));
    }
    Files.delete(folder.resolve("x.1.jsonl"));
    assertThat(Recordings.read(folder.resolve("x.jsonl")).runs().get(0).missingLines())
        .isEqualTo(7);
  }

  @Test
  void aFolderStandsForItsNewestLog() throws IOException {
    Path old = write("old.jsonl", Files.readAllLines(Recordings.log("no-hint")));
    Path recent = write("recent.jsonl", Files.readAllLines(Recordings.log("forbidden")));
    Path other = write("data.jsonl", List.of("{\"not\":\"a log\"}"));
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(recent, FileTime.fromMillis(2_000_000));
    Files.setLastModifiedTime(other, FileTime.fromMillis(3_000_000));
    assertThat(LogSet.of(List.of(folder)).get(0).log()).isEqualTo(recent);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> LogSet.of(List.of(empty))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> LogSet.of(List.of(folder.resolve("none.jsonl"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLogThatIsCutAnywhereIsReadAsFarAsItGoes() throws IOException {
    byte[] whole = Files.readAllBytes(Recordings.log("reconnect"));
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int end = 1 + random.nextInt(whole.length - 1);
      Path cut = Files.write(folder.resolve("cut.jsonl"), Arrays.copyOf(whole, end));
      long complete = new String(whole, 0, end, StandardCharsets.UTF_8).lines().count();
      Recording recording = Recordings.read(cut);
      assertThat(recording.lines() + recording.broken()).isEqualTo(complete);
      assertThat(recording.broken()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatIsNoLineOfALogIsCounted() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Recordings.log("no-hint")));
    int good = lines.size();
    lines.add(3, "");
    lines.add(4, "plain text");
    lines.add(5, "{\"event.name\":\"finding\"}");
    lines.add(6, "[".repeat(50_000));
    lines.add(7, "{\"a\":\"" + "x".repeat(1_000_000) + "\"}");
    lines.add("{\"event.name\":\"fin");
    Recording recording = Recordings.read(write("x.jsonl", lines));
    assertThat(recording.lines()).isEqualTo(good);
    assertThat(recording.broken()).isEqualTo(6);
  }

  @Test
  void fieldsOfAnyTypeAreNoReasonToFail() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String event :
        List.of("http.exchange", "mcp.message", "finding", "server.state", "agent.gap", "new")) {
      for (Field field : Field.values()) {
        for (String value :
            List.of("null", "-1", "1e400", "\"x\"", "[[]]", "{\"a\":[1]}", "true")) {
          if (!field.key().equals("event.name") && !field.key().equals("mcpauth.run.id")) {
            lines.add(
                "{\"event.name\":\"%s\",\"mcpauth.run.id\":\"r\",\"mcpauth.exchange.id\":1,\"%s\":%s}"
                    .formatted(event, field.key(), value));
          }
        }
      }
    }
    Recording recording = Recordings.read(write("x.jsonl", lines));
    assertThat(recording.lines()).isGreaterThan(lines.size() / 2);
    ServerVerdict.of(recording).forEach(verdict -> assertThat(verdict.standing()).isNotNull());
  }

  @Test
  void ofManyExchangesThoseThatFindingsPointToAreKept() throws IOException {
    String exchange = line("http.exchange");
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 5000; i++) {
      lines.add(
          exchange.replace("\"mcpauth.exchange.id\":1,", "\"mcpauth.exchange.id\":" + i + ","));
    }
    lines.add(
        line("\"finding\"")
            .replaceAll("\"mcpauth.exchange.id\":\\d+", "\"mcpauth.exchange.id\":4321"));
    Limits limits = new Limits(100, 10, 10, 10, 10, 10, 1 << 20);
    Run run = Recordings.read(limits, write("x.jsonl", lines)).runs().get(0);
    assertThat(run.exchangesSeen()).isEqualTo(5000);
    assertThat(run.exchanges()).hasSizeLessThanOrEqualTo(100);
    for (long near = 4317; near <= 4321; near++) {
      assertThat(run.exchange(near)).as("exchange " + near).isNotNull();
    }
    assertThat(run.exchange(1)).isNotNull();
    assertThat(run.exchange(4000)).isNull();
  }

  @Test
  void beyondTheRoomHeadsAndBodiesAreLeftOut() throws IOException {
    Limits narrow = new Limits(100, 10, 10, 10, 10, 10, 3000);
    Run run = Recordings.read(narrow, Recordings.log("reconnect")).runs().get(0);
    assertThat(run.exchanges()).hasSize(7);
    assertThat(requireNonNull(run.exchange(1)).isWhole()).isTrue();
    LoggedExchange last = requireNonNull(run.exchange(7));
    assertThat(last.isWhole()).isFalse();
    assertThat(last.status()).isEqualTo(401);
    assertThat(last.line().value(Field.REQUEST_HEADERS)).isNull();
  }

  private static String line(String event) throws IOException {
    return Files.readAllLines(Recordings.log("reconnect")).stream()
        .filter(line -> line.contains("\"event.name\":\"" + event.replace("\"", "") + "\""))
        .findFirst()
        .orElseThrow();
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }
}

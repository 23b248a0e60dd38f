package io.github.mcpauth.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.agent.settings.NoNames;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be written is said once, with what to do, and counted until a line can tell of it.
 */
class LogWriterTest {

  private static final Path FULL = Path.of("/dev/full");

  private final Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  LogWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aLogThatIsWrittenIsNamedOnceItsFirstLineIsThere() throws IOException {
    Path log = folder.resolve("x.jsonl");
    LogWriter journal = journal(log);
    assertThat(said()).isEmpty();
    note(journal);
    note(journal);
    assertThat(said()).containsExactly("mcpauth: logging to " + log);
    assertThat(Files.readAllLines(log)).hasSize(3);
    assertThat(journal.written()).isEqualTo(Map.of("agent.started", 1L, "note", 2L));
    journal.gap(Instant.now(), Map.of());
    assertThat(Files.readAllLines(log)).hasSize(3);
    journal.close();
  }

  @Test
  void aFullDiskIsSaidOnceWithItsReasonAndTheSetting() {
    assumeTrue(Files.exists(FULL));
    LogWriter journal = journal(FULL);
    for (int i = 0; i < 5; i++) {
      note(journal);
      journal.gap(Instant.now(), Map.of());
    }
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("mcpauth: writing the log /dev/full fails (")
        .contains("mcpauth.log.file")
        .doesNotContain("logging to");
    assertThat(journal.written()).isEmpty();
    journal.close();
  }

  @Test
  void aDiskThatFillsUpLaterIsSaidToo() throws Exception {
    Path pipe = pipe();
    CompletableFuture<BufferedReader> reader = reader(pipe);
    LogWriter journal = journal(pipe);
    note(journal);
    lines(reader, 2);
    note(journal);
    note(journal);
    assertThat(said())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("mcpauth: logging to " + pipe),
            then -> assertThat(then).startsWith("mcpauth: writing the log " + pipe + " fails ("));
    journal.close();
  }

  @Test
  void whatWasLostIsToldOfByTheFirstLineThatIsTakenAgain() throws Exception {
    Path pipe = pipe();
    CompletableFuture<BufferedReader> reader = reader(pipe);
    LogWriter journal = journal(pipe);
    note(journal);
    lines(reader, 2);

    note(journal);
    note(journal);
    journal.gap(Instant.now(), Map.of("message", 3L)); // Is lost as well.
    journal.gap(Instant.now(), Map.of("message", 1L, "stream", 5L));

    CompletableFuture<BufferedReader> again = reader(pipe);
    BufferedReader opened = again.get(10, TimeUnit.SECONDS);
    journal.gap(Instant.now(), Map.of());
    assertThat(opened.readLine()).isEmpty(); // After a line that may have been half written.
    assertThat(opened.readLine())
        .contains("\"event.name\":\"agent.gap\"")
        .contains("\"mcpauth.gap.unwritten\":2")
        .contains("\"mcpauth.gap.dropped\":{\"message\":4,\"stream\":5}");
    journal.gap(Instant.now(), Map.of());
    note(journal);
    assertThat(opened.readLine()).contains("\"event.name\":\"note\"");
    assertThat(journal.written())
        .isEqualTo(Map.of("agent.started", 1L, "agent.gap", 1L, "note", 2L));
    opened.close();
    journal.close();
  }

  private LogWriter journal(Path log) {
    Settings settings =
        SettingsLoader.load("log.file=" + log, new Properties(), Map.of(), new NoNames(), 0, 1);
    return new LogWriter(settings, new PrintStream(said, true, UTF_8), Map.of());
  }

  private static void note(LogWriter journal) {
    journal.write(Instant.now(), "note", "INFO", Map.of());
  }

  private List<String> said() {
    return said.toString(UTF_8).lines().toList();
  }

  /** A file that takes what is written while somebody reads it, and fails otherwise. */
  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0, "no mkfifo on this system");
    return pipe;
  }

  /** Opening either end waits for the other. */
  private static CompletableFuture<BufferedReader> reader(Path pipe) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Files.newBufferedReader(pipe);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Takes that many lines, then leaves. */
  private static void lines(CompletableFuture<BufferedReader> reader, int count) throws Exception {
    try (BufferedReader open = reader.get(10, TimeUnit.SECONDS)) {
      for (int i = 0; i < count; i++) {
        assertThat(open.readLine()).contains("event.name");
      }
    }
  }
}

package io.github.mcpauth.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.agent.settings.NoNames;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be written is said once, with what to do, and counted until a line can tell of it.
 */
class LogWriterTest {

  private static final Map<Field, Object> STARTED =
      Map.of(
          Field.VERSION,
          "1",
          Field.JAVA_VERSION,
          "17",
          Field.JAVA_VENDOR,
          "v",
          Field.CLIENTS,
          List.of("okhttp"),
          Field.SETTINGS,
          List.of(),
          Field.SETTINGS_PROBLEMS,
          List.of());
  private static final Path FULL = Path.of("/dev/full");

  private final Path folder;
  private final List<String> said = new ArrayList<>();

  LogWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aLogThatIsWrittenIsNamedOnceItsFirstLineIsThere() throws IOException {
    Path log = folder.resolve("x.jsonl");
    LogWriter writer = writer(log);
    assertThat(said).isEmpty();
    note(writer);
    note(writer);
    assertThat(said).containsExactly("logging to " + log);
    assertThat(LogSchema.checked(log)).hasSize(3);
    assertThat(writer.written())
        .isEqualTo(Map.of(EventName.AGENT_STARTED, 1L, EventName.SERVER_STATE, 2L));
    writer.gap(Instant.now(), Map.of());
    assertThat(LogSchema.checked(log)).hasSize(3);
    writer.close();
  }

  @Test
  void aDefaultLogThatCannotBeWrittenGoesToTheTemporaryFolderUnderItsName() throws IOException {
    Path home = Files.writeString(folder.resolve("home"), "a file, where nobody makes a folder");
    Properties system = new Properties();
    system.setProperty("user.home", home.toString());
    Settings settings = SettingsLoader.load(Map.of(), system, Map.of(), new NoNames(), 0, 42);
    LogWriter writer = new LogWriter(settings, line -> said.add(line.text("message")), STARTED);
    note(writer);
    Path log =
        Path.of(System.getProperty("java.io.tmpdir"), "mcpauth-19700101T000000-42.jsonl")
            .toAbsolutePath();
    try {
      assertThat(said).hasSize(2);
      assertThat(said.get(0))
          .startsWith("cannot write the log " + home)
          .contains("mcpauth.log.file");
      assertThat(said.get(1)).isEqualTo("logging to " + log);
      assertThat(LogSchema.checked(log)).hasSize(2);
    } finally {
      writer.close();
      Files.deleteIfExists(log);
    }
  }

  @Test
  void aFullDiskIsSaidOnceWithItsReasonAndTheSetting() {
    assumeTrue(Files.exists(FULL));
    LogWriter writer = writer(FULL);
    for (int i = 0; i < 5; i++) {
      note(writer);
      writer.gap(Instant.now(), Map.of());
    }
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("writing the log /dev/full fails (")
        .contains("mcpauth.log.file")
        .doesNotContain("logging to");
    assertThat(writer.written()).isEmpty();
    writer.close();
  }

  @Test
  void aLogThatCannotBeWrittenLaterIsSaidToo() throws Exception {
    Path log = folder.resolve("x.jsonl");
    LogWriter writer = writer(log);
    note(writer);
    Files.delete(log);
    Files.createDirectory(log);
    note(writer);
    note(writer);
    assertThat(said)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("logging to " + log),
            then -> assertThat(then).startsWith("writing the log " + log + " fails ("));
    writer.close();
  }

  @Test
  void whatWasLostIsToldOfByTheFirstLineThatIsTakenAgain() throws Exception {
    Path log = folder.resolve("x.jsonl");
    LogWriter writer = writer(log);
    note(writer);
    Files.delete(log);
    Files.createDirectory(log);

    note(writer);
    note(writer);
    writer.gap(Instant.now(), Map.of("message", 3L)); // Is lost as well.
    writer.gap(Instant.now(), Map.of("message", 1L, "stream", 5L));

    Files.delete(log);
    writer.gap(Instant.now(), Map.of());
    writer.gap(Instant.now(), Map.of());
    note(writer);
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"event.name\":\"agent.gap\"")
        .contains("\"mcpauth.gap.unwritten\":2")
        .contains("\"mcpauth.gap.elsewhere\":2") // The first line of the run, and one more.
        .contains("\"mcpauth.gap.dropped\":{\"message\":4,\"stream\":5}");
    assertThat(lines.get(1)).contains("\"event.name\":\"server.state\"");
    assertThat(writer.written())
        .isEqualTo(
            Map.of(
                EventName.AGENT_STARTED, 1L, EventName.AGENT_GAP, 1L, EventName.SERVER_STATE, 2L));
    writer.close();
  }

  private LogWriter writer(Path log) {
    Settings settings =
        SettingsLoader.load(
            Map.of("mcpauth.log.file", log.toString()),
            new Properties(),
            Map.of(),
            new NoNames(),
            0,
            1);
    return new LogWriter(settings, line -> said.add(line.text("message")), STARTED);
  }

  private static void note(LogWriter writer) {
    Map<Field, Object> fields = Map.of(Field.SERVER_URL, "u", Field.SERVER_STATE, "connected");
    writer.write(new LogEvent(EventName.SERVER_STATE, Instant.now(), LogLevel.INFO, fields));
  }
}

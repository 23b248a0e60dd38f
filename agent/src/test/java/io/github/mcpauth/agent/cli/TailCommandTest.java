package io.github.mcpauth.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log becomes lines that a person can read. */
class TailCommandTest {

  private static final String LOG = Recordings.log("reconnect").toString();

  private final Path folder;

  TailCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anExchangeIsOneLineWithAllThatCounts() {
    Typed typed = Typed.command("tail", "--no-follow", LOG);
    assertThat(typed.exit()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.lines())
        .anyMatch(
            line ->
                line.matches(
                    "\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  #7 127\\.0\\.0\\.1:\\d+  mcp  POST /mcp  401 "
                        + " [0-9.]+ ms"))
        .anyMatch(line -> line.contains("#7   -> request initialize"))
        .anyMatch(line -> line.contains("error [stale-token-after-auth]"))
        .anyMatch(line -> line.contains("GET /authorize?...  302"));
  }

  @Test
  void itFollowsUntilTheProcessEnds() {
    // The recording has its end: tail comes back without --no-follow.
    assertThat(Typed.command("tail", LOG)).isEqualTo(Typed.command("tail", "--no-follow", LOG));
  }

  @Test
  void filtersLeaveWhatIsAskedFor() {
    assertThat(Typed.command("tail", "--no-follow", "--exchange", "6", LOG).lines())
        .hasSize(1)
        .allMatch(line -> line.contains("POST /token"));
    assertThat(
            Typed.command("tail", "--no-follow", "--rule", "stale-token-after-auth", LOG).lines())
        .hasSize(1);
    assertThat(Typed.command("tail", "--no-follow", "--server", "elsewhere", LOG).lines())
        .isEmpty();
    assertThat(Typed.command("tail", "--no-follow", "-n", "3", LOG).lines()).hasSize(3);
  }

  @Test
  void brokenLinesAreLeftOutAndCounted() throws IOException {
    Path log = Files.copy(Recordings.log("no-hint"), folder.resolve("x.jsonl"));
    Files.writeString(log, "{\"half\n\u0000\n", StandardOpenOption.APPEND);
    Typed typed = Typed.command("tail", "--no-follow", log.toString());
    assertThat(typed.err()).contains("2 lines are not of a log");
    assertThat(typed.lines()).hasSize(Files.readAllLines(Recordings.log("no-hint")).size());
  }
}

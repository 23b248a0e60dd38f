package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that cannot be written, or only slowly, is no trouble of the host's. */
class FullDiskIT {

  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @Test
  void whereTheLogCannotBeOpenedTheHostRunsAndOneLineSaysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    ForkedJvm.Run run = calls(3, file.resolve("log.jsonl"));
    assertThat(run.stdout()).contains("answers: 3");
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .contains("cannot write the log")
        .contains("mcpauth.log.file");
  }

  @Test
  void onAFullDiskTheHostRunsAndOneLineSaysThatNothingIsWritten() {
    assumeTrue(Files.exists(FULL), "no /dev/full on this system");
    ForkedJvm.Run run = calls(3, FULL);
    assertThat(run.exit()).isZero();
    assertThat(run.stdout()).contains("answers: 3");
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .contains("writing the log /dev/full fails")
        .contains("mcpauth.log.file")
        .doesNotContain("logging to");
  }

  /** Opening it would wait for who reads it, and nothing would be said meanwhile. */
  @Test
  void aPipeIsNoLogAndOneLineSaysSo() throws Exception {
    ForkedJvm.Run run = calls(60, pipe());
    assertThat(run.stdout()).contains("answers: 60");
    assertThat(run.stderr().lines())
        .singleElement()
        .asString()
        .contains("cannot write the log")
        .contains("it is a pipe");
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0, "no mkfifo on this system");
    return pipe;
  }

  private ForkedJvm.Run calls(int count, Path log, String... jvm) {
    String result = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
    String answer = RawServer.response(200, "Content-Type: application/json", result);
    try (RawServer server = RawServer.answering(request -> answer)) {
      return ForkedJvm.in(folder)
          .classPath(ForkedJvm.testClasses())
          .jvm(jvm)
          .set("log.file", log.toString())
          .main(ManyCalls.class, server.url("/mcp"), String.valueOf(count))
          .run();
    }
  }
}

package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stderr that nobody reads, and whose pipe is full, holds up neither the host nor the log. */
class StuckStderrIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void findingsThatNobodyTakesAreInTheLogAndTheHostEndsInTime() {
    ForkedJvm.Run run = calls(ForkedJvm.in(folder));
    assertThat(run.stdout()).contains("answers: 5");
    assertThat(run.exit()).isZero();
    assertThat(run.log().events("http.exchange")).hasSize(5);
    assertThat(run.log().findings()).contains("missing-resource-metadata");
    assertThat(run.log().events("agent.stopped")).hasSize(1);
  }

  @Test
  void mistakesInTheSettingsDoNotKeepTheHostFromStarting() {
    ForkedJvm.Run run =
        calls(ForkedJvm.in(folder).set("capture", "evrything").set("rules.x", "on"));
    assertThat(run.stdout()).contains("answers: 5");
    assertThat(run.log().events("http.exchange")).hasSize(5);
  }

  @Test
  void neitherDoesAnAgentThatCannotStart() throws Exception {
    Path broken = Files.writeString(folder.resolve("no-folder"), "");
    ForkedJvm.Run run =
        calls(ForkedJvm.in(folder.resolve("run")).set("log.file", broken.resolve("x").toString()));
    assertThat(run.stdout()).contains("answers: 5");
    assertThat(run.exit()).isZero();
  }

  private static ForkedJvm.Run calls(ForkedJvm jvm) {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell on this system");
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", "no"))) {
      return jvm.classPath(ForkedJvm.testClasses())
          .stderrIsFull()
          .limit(LIMIT)
          .main(ManyCalls.class, server.url("/mcp"), "5")
          .run();
    }
  }
}

package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.LogLines;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void aLogThatNobodyTakesDoesNotHoldUpTheHostAndWhatIsLostIsCounted() throws Exception {
    Path pipe = pipe();
    ForkedJvm.Run run = calls(60, pipe); // Held up, it would be until it is killed.
    assertThat(run.stdout()).contains("answers: 60");

    Path taken = Files.createDirectories(folder.resolve("taken"));
    Path sent = folder.resolve("sent");
    Files.delete(sent);
    String wait =
        "i=0; while [ ! -e " + sent + " ] && [ $i -lt 900 ]; do sleep 0.1; i=$((i+1)); done; ";
    Process reader =
        new ProcessBuilder("sh", "-c", wait + "cat " + pipe + " > " + taken + "/log.jsonl").start();
    CompletableFuture<ForkedJvm.Run> host =
        CompletableFuture.supplyAsync(() -> calls(60, pipe, "-Dstays=60"));
    while (!host.isDone() && !tellsOfAGap(taken.resolve("log.jsonl"))) {
      Thread.sleep(50);
    }
    Files.createFile(folder.resolve("drained"));
    host.join();
    assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
    LogLines log = LogLines.readFolder(taken);
    JsonNode gap = log.events("agent.gap").get(0);
    assertThat(gap.path("mcpauth.gap.reason").asText())
        .isEqualTo("more came than could be written without slowing the host");
    long dropped = 0;
    for (JsonNode count : gap.path("mcpauth.gap.dropped")) {
      dropped += count.asLong();
    }
    JsonNode stopped = log.events("agent.stopped").get(0).path("mcpauth.counters");
    assertThat(stopped.path("http_exchange").asInt()).isEqualTo(log.events("http.exchange").size());
    assertThat(dropped).isPositive();
    assertThat(log.events("http.exchange").size()).isPositive().isLessThan(60);
  }

  private static boolean tellsOfAGap(Path log) throws IOException {
    return Files.exists(log) && Files.readString(log).contains("\"agent.gap\"");
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

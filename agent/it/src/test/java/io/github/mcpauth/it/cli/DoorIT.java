package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the packaged jar, as a process. */
class DoorIT {

  private static final long MOST_BYTES = 8L * 1024 * 1024;

  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list'}";

  @TempDir Path work;

  @Test
  void helpFitsEightyColumnsAndGoesToStandardOutput() {
    ForkedJvm.Run help = new Cli(work).run("--help");
    assertThat(help.exit()).isZero();
    assertThat(help.stderr()).isEmpty();
    assertThat(help.stdout()).contains("explain").contains("mcpauth.log.file");
    assertThat(new Cli(work).run("explain", "--help").stdout().lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void wrongWordsAreExitCodeTwoAndOneLineOnStandardError() {
    for (String[] words : new String[][] {{"expain"}, {"rules", "--bogus"}}) {
      ForkedJvm.Run run = new Cli(work).run(words);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.stdout()).isEmpty();
      assertThat(run.stderr().lines()).hasSize(1);
      assertThat(run.stderr()).startsWith("mcp-auth-agent: ");
    }
  }

  @Test
  void nothingIsColouredInAPipe() {
    assertThat(new Cli(work).run("expain").stderr()).doesNotContain("\u001b");
    assertThat(new Cli(work).jvm("expain").env("FORCE_COLOR", "1").run().stderr())
        .contains("\u001b[1;31m");
  }

  @Test
  void aWatchedJvmLoadsNothingOfTheCommandLine() {
    try (RawServer server =
        RawServer.answering(
            request ->
                RawServer.response(
                    200,
                    "Content-Type: application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(work)
              .jvm("-Xlog:class+load:file=" + work.resolve("classes.txt"))
              .main(Posts.class, server.url("/mcp"), LIST)
              .run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      String classes = Files.readString(work.resolve("classes.txt"));
      assertThat(classes)
          .contains("io.github.mcpauth.agent.recorder.RecorderThread")
          .doesNotContain("picocli")
          .doesNotContain("io.github.mcpauth.agent.check.")
          .doesNotContain("io.github.mcpauth.agent.cli.");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theJarStaysWithinItsSize() throws IOException {
    assertThat(Files.size(ForkedJvm.AGENT)).isLessThan(MOST_BYTES);
  }
}

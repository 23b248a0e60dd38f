package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No body handler of java.net.http gets anything else because the agent is there. */
class HandlersIT {

  private static final int CALLS = 12 * 5 * 3;
  private static final String BIG = "0123456789 abcdef\n".repeat(12_000);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"off", "dry-run"}) // A dry run reads refusals before the host does.
  void everyBodyHandlerGetsTheSameWithAndWithoutTheAgent(String autofix) {
    try (RawServer server = RawServer.answering(HandlersIT::answer)) {
      for (Path jdk : Jdks.all()) {
        Path work = folder.resolve("java-" + Jdks.feature(jdk));
        ForkedJvm.Run bare = jvm(work.resolve("bare"), jdk, server).withoutAgent().run();
        ForkedJvm.Run run = jvm(work.resolve("watched"), jdk, server).set("autofix", autofix).run();
        assertThat(run.stdout()).as(run.stderr()).isEqualTo(bare.stdout());
        assertThat(run.stdout().lines()).hasSize(CALLS);
        assertThat(run.log().events("http.exchange")).hasSize(CALLS);
        assertThat(run.log().events("agent.error")).isEmpty();
      }
    }
  }

  private static ForkedJvm jvm(Path work, Path jdk, RawServer server) {
    return ForkedJvm.in(work)
        .javaHome(jdk)
        .classPath(ForkedJvm.testClasses())
        .main(HandlersProgram.class, server.origin());
  }

  private static String answer(RawServer.Request request) {
    String path = request.line().split(" ")[1];
    return switch (path) {
      case "/empty" -> RawServer.response(202, "", "");
      case "/big" -> RawServer.response(200, "Content-Type: application/json", BIG);
      case "/refused" -> RawServer.response(403, "Content-Type: text/plain", "no\nentry");
      case "/bigrefused" -> RawServer.response(403, "Content-Type: text/plain", BIG);
      default -> RawServer.response(200, "Content-Type: application/json", "{\"jsonrpc\":1}");
    };
  }
}

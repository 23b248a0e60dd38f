package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent may come late. */
class AttachIT {

  @TempDir Path folder;

  @Test
  void aClientThatIsInUseAlreadyIsWatchedFromTheAttachOn() {
    for (Path jdk : Jdks.all()) {
      Path work = folder.resolve("java-" + Jdks.feature(jdk));
      try (RawServer server = RawServer.answering(request -> RawServer.response(200, "", "hi"))) {
        ForkedJvm.Run run =
            ForkedJvm.in(work)
                .javaHome(jdk)
                .withoutAgent()
                .classPath(ForkedJvm.testClasses())
                .main(
                    AttachedHost.class,
                    server.url("/mcp"),
                    ForkedJvm.AGENT.toString(),
                    work.resolve("late.jsonl").toString())
                .run();
        assertThat(run.stdout().lines())
            .as(run.stderr())
            .containsExactly("hi", "attached: 0", "hi");
        assertThat(server.requests()).hasSize(2);
        assertThat(run.log().events("http.exchange")).hasSize(1);
      }
    }
  }
}

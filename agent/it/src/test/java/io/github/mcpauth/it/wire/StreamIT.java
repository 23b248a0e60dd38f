package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events reach the host one by one, each is a line in the log, and a cancel reaches the server. */
class StreamIT {

  @TempDir Path folder;

  @Test
  void eventsAreNotHeldBackAndACancelOfADependentClosesTheConnection() {
    for (Path jdk : Jdks.all()) {
      Path work = folder.resolve("java-" + Jdks.feature(jdk));
      ForkedJvm.Run bare = jvm(work.resolve("bare"), jdk).withoutAgent().run();
      ForkedJvm.Run run = jvm(work.resolve("watched"), jdk).run();
      assertThat(run.stdout()).isEqualTo(bare.stdout());
      assertThat(run.stdout()).contains("n3", "still open: true", "cancelled: true", "closed");
      assertThat(run.log().events("mcp.message"))
          .extracting(line -> line.path("mcp.method.name").asText())
          .containsExactly(
              "initialize", "notifications/n1", "notifications/n2", "notifications/n3");
      assertThat(run.log().events("http.exchange")).hasSize(1);
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  private static ForkedJvm jvm(Path work, Path jdk) {
    return ForkedJvm.in(work)
        .javaHome(jdk)
        .classPath(ForkedJvm.testClasses())
        .main(StreamProgram.class);
  }
}

package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that exits while it calls as fast as it can ends in time, and so does its log. */
class ExitUnderLoadIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("jdks")
  void theLastLineOfTheLogSaysThatTheProcessEnds(Path jdk) {
    String answer = RawServer.response(200, "Content-Type: application/json", RESULT);
    try (RawServer server = RawServer.answering(request -> answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .javaHome(jdk)
              .classPath(ForkedJvm.testClasses())
              .limit(Duration.ofSeconds(40))
              .main(ExitUnderLoad.class, server.url("/mcp"), "3000")
              .run();
      assertThat(run.exit()).as(run.stderr()).isEqualTo(7);
      assertThat(run.stdout().strip()).isEqualTo("exits");
      List<JsonNode> lines = run.log().lines();
      assertThat(run.log().events("agent.stopped")).hasSize(1);
      assertThat(lines.get(lines.size() - 1).path("event.name").asText())
          .isEqualTo("agent.stopped");
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i).path("mcpauth.seq").asInt()).isEqualTo(i);
      }
    }
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

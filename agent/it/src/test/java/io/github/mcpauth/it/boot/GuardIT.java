package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that fails at every call lets each of them pass, and gives up after a few. */
class GuardIT {

  @TempDir Path folder;

  @Test
  void afterFiveFailuresInsideTheAgentStepsAsideForGood() throws Exception {
    Path broken =
        Jars.changed(
            folder.resolve("broken.jar"),
            (name, bytes) -> name.contains("exchange/KeepingTap") ? null : bytes);
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(200, "", "{\"jsonrpc\":\"2.0\"}"))) {
      List<String> calls = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        calls.add(server.url("/mcp"));
        calls.add("{'jsonrpc':'2.0','id':" + i + ",'method':'tools/list'}");
      }
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .withoutAgent()
              .classPath(ForkedJvm.testClasses())
              .jvm("-javaagent:" + broken + "=log.file=" + folder.resolve("mcpauth.jsonl"))
              .main(Posts.class, calls.toArray(new String[0]))
              .run();
      assertThat(run.stdout().lines()).hasSize(9).containsOnly("200");
      assertThat(server.requests()).hasSize(9);
      List<JsonNode> errors = run.log().events("agent.error");
      assertThat(errors).hasSize(5);
      assertThat(errors)
          .extracting(line -> line.path("mcpauth.switched_off").asBoolean())
          .containsExactly(false, false, false, false, true);
      assertThat(run.log().events("mcp.message")).hasSize(5);
    }
  }
}

package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that fails at every call lets each of them pass, gives up after a few and says so. */
class GuardIT {

  @TempDir Path folder;

  @Test
  void afterFiveFailuresInsideTheAgentStepsAsideForGood() throws Exception {
    ForkedJvm.Run run = nineCallsWithout("exchange/KeepingTap.class");
    assertThat(switchedOff(run)).containsExactly(false, false, false, false, true);
    assertThat(run.log().events("mcp.message")).hasSize(5);
  }

  @Test
  void whatFailsAtEachCallFromTheFirstOnIsSaidAllTheSame() throws Exception {
    ForkedJvm.Run run = nineCallsWithout("exchange/KeepingTap$Sink.class");
    assertThat(switchedOff(run)).containsExactly(false, false, false, false, true);
    assertThat(run.log().events("mcp.message")).isEmpty();
  }

  @Test
  void whatTheRecorderCannotWriteIsToldAndCounted() throws Exception {
    ForkedJvm.Run run = nineCallsWithout("log/LogEvents.class");
    assertThat(run.log().events("agent.error"))
        .isNotEmpty()
        .allMatch(line -> line.path("mcpauth.hook.name").asText().equals("recorder"))
        .allMatch(line -> line.path("error.message").asText().contains("LogEvents"));
    assertThat(run.log().events("agent.gap"))
        .singleElement()
        .satisfies(gap -> assertThat(gap.path("mcpauth.gap.unwritten").asInt()).isGreaterThan(17));
  }

  private static List<Boolean> switchedOff(ForkedJvm.Run run) {
    assertThat(run.stderr()).containsOnlyOnce("switched off for pipeline after errors");
    return run.log().events("agent.error").stream()
        .map(line -> line.path("mcpauth.hook.switched_off").asBoolean())
        .toList();
  }

  /** The host sees none of it. */
  private ForkedJvm.Run nineCallsWithout(String missing) throws IOException {
    Path broken =
        Jars.changed(
            folder.resolve("broken.jar"), (name, bytes) -> name.endsWith(missing) ? null : bytes);
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
      return run;
    }
  }
}

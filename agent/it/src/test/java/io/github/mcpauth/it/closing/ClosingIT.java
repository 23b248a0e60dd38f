package io.github.mcpauth.it.closing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told of a server that is not connected, while the host runs and at its end. */
class ClosingIT {

  private static final String JSON = "Content-Type: application/json";
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "okhttp"})
  void itIsToldOnceWhenTheHostIsQuietAndOnceWhenItRecovers(String client) {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer server =
        RawServer.answering(
            request ->
                requests.incrementAndGet() == 1
                    ? RawServer.response(500, JSON, "{\"message\":\"no database\"}")
                    : RawServer.response(200, JSON, OK))) {
      String url = server.url("/mcp");
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .main(RetryingHost.class, client, url, folder.resolve("mcpauth.jsonl").toString())
              .run();
      assertThat(run.stdout().lines())
          .as(run.stderr())
          .containsExactly("500", "told: true", "200", "told: true");
      List<String> block = block(run);
      assertThat(block.get(0)).isEqualTo("mcpauth: not connected: " + url);
      assertThat(block.get(1)).isEqualTo("mcpauth:   state:    the connection failed");
      assertThat(block.get(2))
          .isEqualTo(
              "mcpauth:   why:      The server failed, or something in front of it did [server-error]");
      assertThat(block.get(3)).startsWith("mcpauth:   who:      the MCP server must act (");
      assertThat(block.get(4)).startsWith("mcpauth:   next:     ");
      assertThat(block.get(5))
          .isEqualTo("mcpauth:   log:      " + folder.resolve("mcpauth.jsonl") + ", exchange 1");
      assertThat(run.stderr()).containsOnlyOnce("mcpauth: connected now: " + url);
      assertThat(states(run)).containsExactly("failed", "connected");
    }
  }

  /** The head of a refusal is enough, be it that nobody will ever read its body. */
  @ParameterizedTest
  @ValueSource(strings = {"jdk", "jdk-async", "okhttp", "okhttp-async"})
  void aHostThatEndsTheJvmOnTheHeadIsJudgedAllTheSame(String client) {
    String body = "{\"error\":\"login required\"}";
    try (RawServer server = RawServer.answering(request -> RawServer.response(403, JSON, body))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder).main(HeadOnlyHost.class, client, server.url("/mcp")).run();
      assertThat(run.stdout().lines()).as(run.stderr()).containsExactly("403");
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.log().findings()).as(run.stderr()).hasSize(1);
      assertThat(block(run).get(0)).isEqualTo("mcpauth: not connected: " + server.url("/mcp"));
      assertThat(run.stderr()).contains("[" + run.log().findings().get(0) + "]");
    }
  }

  /** The only block about a server that is not connected. */
  static List<String> block(ForkedJvm.Run run) {
    List<String> lines = run.stderr().lines().toList();
    List<Integer> heads =
        java.util.stream.IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("mcpauth: not connected: "))
            .boxed()
            .toList();
    assertThat(heads).as(run.stderr()).hasSize(1);
    return lines.subList(heads.get(0), lines.size());
  }

  static List<String> states(ForkedJvm.Run run) {
    return run.log().events("server.status").stream()
        .map(line -> line.path("mcpauth.server.state").asText())
        .toList();
  }

  static JsonNode only(ForkedJvm.Run run, String event) {
    List<JsonNode> lines = run.log().events(event);
    assertThat(lines).as(run.stderr()).hasSize(1);
    return lines.get(0);
  }
}

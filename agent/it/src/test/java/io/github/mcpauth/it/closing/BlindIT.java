package io.github.mcpauth.it.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where MCP goes over a client that cannot be seen, silence is not to pass for health. */
class BlindIT {

  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":@,\"result\":{\"protocolVersion\":\"2025-06-18\","
          + "\"capabilities\":{},\"serverInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}";

  @TempDir Path folder;

  /** At its end, and while it runs. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "16"})
  void aHostOnReactorNettyIsToldThatItCannotBeSeen(String seconds) {
    try (RawServer server = RawServer.answering(BlindIT::answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder).main(ReactorNettyHost.class, server.url("/mcp"), seconds).run();
      assertThat(run.stdout()).as(run.stderr()).isEqualToIgnoringNewLines("connected");
      List<String> ours = run.stderr().lines().filter(line -> line.startsWith("mcpauth")).toList();
      assertThat(ours).as(run.stderr()).hasSize(1);
      assertThat(ours.get(0))
          .startsWith("mcpauth: no MCP request was seen so far.")
          .contains("Reactor Netty", "HttpClientStreamableHttpTransport");
      assertThat(run.log().lines()).isEmpty();
    }
  }

  private static String answer(RawServer.Request request) {
    String text = request.text();
    if (!text.contains("\"initialize\"")) {
      return RawServer.response(202, "", "");
    }
    String id = text.replaceAll("(?s).*\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+).*", "$1");
    return RawServer.response(200, "Content-Type: application/json", INITIALIZED.replace("@", id));
  }
}

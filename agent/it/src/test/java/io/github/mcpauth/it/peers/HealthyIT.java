package io.github.mcpauth.it.peers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.TomcatServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with nothing wrong: no finding, and each message is one line. */
class HealthyIT {

  @TempDir Path folder;

  @Test
  void aSessionWithTheSdksOwnServerIsConnectedAndEachMessageIsOneLine() throws Exception {
    var transport =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    Tool greet = Tool.builder("greet", Map.of("type", "object")).description("Says hello").build();
    McpSyncServer mcp =
        McpServer.sync(transport)
            .serverInfo("it", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .toolCall(
                greet,
                (exchange, request) -> CallToolResult.builder().addTextContent("Hello!").build())
            .build();
    try (TomcatServer server = TomcatServer.of(transport, folder.resolve("server"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("host")).main(ToolHost.class, server.origin()).run();
      assertThat(run.stdout()).as(run.stderr()).contains("tools: 1", "Hello!");
      assertThat(run.log().findings()).isEmpty();
      assertThat(run.log().events("agent.error")).isEmpty();
      assertThat(run.log().states()).containsExactly("connecting", "connected");
      assertThat(messages(run))
          .containsExactlyInAnyOrder(
              "sent initialize",
              "received initialize",
              "sent notifications/initialized",
              "sent tools/list",
              "received tools/list",
              "sent tools/call",
              "received tools/call");
    } finally {
      mcp.close();
    }
  }

  /** The older transport: LangChain4j speaks it over OkHttp, on one stream that stays open. */
  @Test
  void aSessionOverHttpAndSseIsConnectedAndEachMessageIsOneLine() throws Exception {
    var transport =
        HttpServletSseServerTransportProvider.builder()
            .sseEndpoint("/sse")
            .messageEndpoint("/message")
            .build();
    McpSyncServer mcp =
        McpServer.sync(transport)
            .serverInfo("it", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .build();
    try (TomcatServer server = TomcatServer.of(transport, folder.resolve("server"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("host"))
              .main(LangChain4jHost.class, server.origin() + "/sse", "sse", "token-0123456789")
              .run();
      assertThat(run.stdout()).as(run.stderr()).contains("tools: 0");
      assertThat(run.log().findings()).isEmpty();
      assertThat(run.log().events("agent.error")).isEmpty();
      assertThat(run.log().states()).containsExactly("connecting", "connected");
      assertThat(run.log().events("http.exchange"))
          .isNotEmpty()
          .allMatch(line -> line.path("mcpauth.client.kind").asText().equals("okhttp"));
      assertThat(messages(run))
          .containsExactlyInAnyOrder(
              "sent initialize",
              "received initialize",
              "sent notifications/initialized",
              "sent tools/list",
              "received tools/list");
    } finally {
      mcp.close();
    }
  }

  @Test
  void aRefusalOfWireMockIsOneFinding() {
    WireMockServer server =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    try {
      server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
      server.stubFor(
          post(urlPathEqualTo("/mcp"))
              .withRequestBody(containing("initialize"))
              .willReturn(aResponse().withStatus(401)));
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .main(JavaSdkHost.class, "http://127.0.0.1:" + server.port() + "/mcp")
              .run();
      assertThat(run.stdout()).contains("refused: 401");
      assertThat(run.log().findings()).containsExactly("missing-resource-metadata");
      assertThat(run.log().states()).startsWith("connecting", "needs-auth");
    } finally {
      server.stop();
    }
  }

  private static List<String> messages(ForkedJvm.Run run) {
    return run.log().events("mcp.message").stream()
        .map(
            line ->
                line.path("mcpauth.direction").asText()
                    + " "
                    + line.path("mcp.method.name").asText())
        .toList();
  }
}

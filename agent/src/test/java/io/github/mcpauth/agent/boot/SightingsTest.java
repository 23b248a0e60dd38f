package io.github.mcpauth.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the names of classes tell of SDKs, and of clients that are not watched. */
class SightingsTest {

  private final Sightings sightings = new Sightings();

  @ParameterizedTest
  @CsvSource({
    "reactor.netty.http.client.HttpClient, client:Reactor Netty",
    "io.vertx.core.http.impl.HttpClientImpl, client:Vert.x",
    "io.ktor.client.engine.cio.CIOEngine, client:Ktor CIO",
    "org.apache.http.impl.client.InternalHttpClient, client:Apache HttpClient 4",
    "org.apache.http.impl.nio.client.InternalHttpAsyncClient, client:Apache HttpClient 4",
    "org.apache.hc.client5.http.impl.classic.InternalHttpClient, client:Apache HttpClient 5",
    "org.eclipse.jetty.client.HttpClient, client:Jetty",
    "com.google.adk.tools.mcp.McpToolset, sdk:google-adk",
    "org.springframework.ai.mcp.SyncMcpToolCallbackProvider, sdk:spring-ai",
    "io.modelcontextprotocol.client.McpClient, sdk:mcp-java-sdk",
    "io.modelcontextprotocol.kotlin.sdk.client.Client, sdk:mcp-kotlin-sdk",
    "dev.langchain4j.mcp.client.DefaultMcpClient, sdk:langchain4j"
  })
  void aClassTellsOfWhatItBelongsTo(String name, String label) {
    sightings.see(name.replace('.', '/'));
    assertThat(sightings.labels()).containsOnlyKeys(label);
  }

  @ParameterizedTest
  @CsvSource({
    "io.modelcontextprotocol.client.transport.HttpClientSseClientTransport, http, mcp-java-sdk",
    "io.modelcontextprotocol.client.transport.WebClientStreamableHttpTransport, http, mcp-java-sdk",
    "io.modelcontextprotocol.client.transport.StdioClientTransport, stdio, mcp-java-sdk",
    "io.modelcontextprotocol.kotlin.sdk.client.StdioClientTransport, stdio, mcp-kotlin-sdk",
    "io.modelcontextprotocol.kotlin.sdk.client.SseClientTransport, http, mcp-kotlin-sdk",
    "dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport, stdio, langchain4j"
  })
  void aTransportTellsOfItsSdkAsWell(String name, String transport, String sdk) {
    sightings.see(name.replace('.', '/'));
    assertThat(sightings.labels()).containsOnlyKeys("transport:" + transport, "sdk:" + sdk);
  }

  /** Servers, and the server side of what is also a client, are no clients. */
  @ParameterizedTest
  @CsvSource({
    "io.modelcontextprotocol.server.McpServer",
    "io.modelcontextprotocol.spec.McpSchema",
    "reactor.netty.http.server.HttpServer",
    "io.vertx.core.http.impl.HttpServerImpl",
    "org.apache.hc.core5.http.HttpRequest",
    "org.eclipse.jetty.server.Server",
    "java.net.http.HttpClient",
    "okhttp3.OkHttpClient"
  })
  void othersTellOfNothing(String name) {
    assertThat(sightings.see(name.replace('.', '/'))).isFalse();
    assertThat(sightings.labels()).isEmpty();
  }

  @Test
  void thatAnSdkMeetsAnUnwatchedClientIsToldOnceWhicheverComesFirst() {
    assertThat(sightings.see("reactor/netty/http/client/HttpClient")).isFalse();
    assertThat(sightings.see("io/modelcontextprotocol/client/McpClient")).isTrue();
    assertThat(sightings.see("io/modelcontextprotocol/client/McpSyncClient")).isFalse();
    assertThat(sightings.see("org/eclipse/jetty/client/HttpClient")).isFalse();
  }
}

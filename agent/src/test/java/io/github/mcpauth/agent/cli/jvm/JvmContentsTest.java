package io.github.mcpauth.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** HotSpot's list of classes tells which clients a JVM has. */
class JvmContentsTest {

  @Test
  void classesTellOfTheAgentTheClientsAndTheSdk() {
    JvmContents seen =
        JvmContents.of(
            """
            +-- <bootstrap>
                  |               Classes: java.lang.Object
                  |                        [Ljava.lang.Object;
                  +-- "platform", jdk.internal.loader.ClassLoaders$PlatformClassLoader
                  |     |               Classes: java.net.http.HttpClient
                  |     |                        jdk.internal.net.http.HttpClientImpl
                  |     |                        reactor.netty.http.client.HttpClient
                  |     |                        io.modelcontextprotocol.client.McpSyncClient
            """);
    assertThat(seen.agent()).isFalse();
    assertThat(seen.watched()).containsExactly("java.net.http");
    assertThat(seen.unseen()).containsExactly("Reactor Netty");
    assertThat(seen.isMcp()).isTrue();
    assertThat(seen.inWords())
        .isEqualTo("no agent; MCP SDK; uses java.net.http; cannot be watched: Reactor Netty");
  }

  @Test
  void whatIsNotLoadedIsNotSaid() {
    JvmContents seen =
        JvmContents.of(
            "  | Classes: io.github.mcpauth.agent.boot.Gate\n  | okhttp3.OkHttpClient$Builder");
    assertThat(seen.agent()).isTrue();
    assertThat(seen.watched()).isEmpty();
    assertThat(seen.isMcp()).isFalse();
    assertThat(seen.inWords()).isEqualTo("agent is in; no MCP SDK seen");
  }
}

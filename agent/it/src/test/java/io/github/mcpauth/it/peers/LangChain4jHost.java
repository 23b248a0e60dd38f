package io.github.mcpauth.it.peers;

import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.HttpMcpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.time.Duration;

/** A host on LangChain4j: {@code <url> [streamable|sse]}; the latter is on OkHttp 4.12. */
public final class LangChain4jHost {

  @SuppressWarnings("deprecation") // The older transport is still in the field.
  public static void main(String[] args) {
    boolean sse = args.length > 1 && args[1].equals("sse");
    McpTransport transport =
        sse
            ? HttpMcpTransport.builder().sseUrl(args[0]).timeout(Duration.ofSeconds(5)).build()
            : StreamableHttpMcpTransport.builder()
                .url(args[0])
                .timeout(Duration.ofSeconds(5))
                .build();
    try (McpClient client =
        DefaultMcpClient.builder()
            .transport(transport)
            .initializationTimeout(Duration.ofSeconds(5))
            .build()) {
      System.out.println("tools: " + client.listTools().size());
    } catch (Exception e) {
      System.out.println("failed: " + e.getMessage());
    }
    System.exit(0);
  }

  private LangChain4jHost() {}
}

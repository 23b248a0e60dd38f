package io.github.mcpauth.it.peers;

import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.HttpMcpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.time.Duration;
import java.util.Map;

/** A host on LangChain4j: {@code <url> [streamable|sse] [token]}; {@code sse} is on OkHttp 4.12. */
public final class LangChain4jHost {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @SuppressWarnings("deprecation") // The older transport is still in the field.
  public static void main(String[] args) {
    boolean sse = args.length > 1 && args[1].equals("sse");
    Map<String, String> headers =
        args.length > 2 ? Map.of("Authorization", "Bearer " + args[2]) : Map.of();
    McpTransport transport =
        sse
            ? HttpMcpTransport.builder()
                .sseUrl(args[0])
                .customHeaders(headers)
                .timeout(LONGEST)
                .build()
            : StreamableHttpMcpTransport.builder()
                .url(args[0])
                .customHeaders(headers)
                .timeout(LONGEST)
                .build();
    try (McpClient client =
        DefaultMcpClient.builder().transport(transport).initializationTimeout(LONGEST).build()) {
      System.out.println("tools: " + client.listTools().size());
    } catch (Exception e) {
      System.out.println("failed: " + e.getMessage());
    }
    System.exit(0);
  }

  private LangChain4jHost() {}
}

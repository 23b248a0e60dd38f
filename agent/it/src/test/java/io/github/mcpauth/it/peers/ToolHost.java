package io.github.mcpauth.it.peers;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.time.Duration;
import java.util.Map;

/** A host that connects, lists the tools and calls one: {@code <origin>}. */
final class ToolHost {

  public static void main(String[] args) {
    var transport = HttpClientStreamableHttpTransport.builder(args[0]).endpoint("/mcp").build();
    try (McpSyncClient client =
        McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30)).build()) {
      client.initialize();
      System.out.println("tools: " + client.listTools().tools().size());
      System.out.println(
          "result: "
              + client.callTool(CallToolRequest.builder("greet").arguments(Map.of()).build()));
    }
    System.exit(0);
  }

  private ToolHost() {}
}

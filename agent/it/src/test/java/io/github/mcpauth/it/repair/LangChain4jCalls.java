package io.github.mcpauth.it.repair;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.time.Duration;
import java.util.Map;

/**
 * A host on LangChain4j, with its headers fixed at the start, that lists the tools and calls one,
 * twice: {@code <none|fixed> <origin>…}. With {@code fixed} it logs in once it was refused.
 */
final class LangChain4jCalls {

  private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("longest", 20));

  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      run(args[0].equals("fixed"), args[i]);
    }
    System.exit(0);
  }

  private static void run(boolean fixed, String origin) {
    Map<String, String> headers =
        fixed ? Map.of("Authorization", "Bearer " + FakeOAuth.OLD) : Map.of();
    try (McpClient client =
        DefaultMcpClient.builder()
            .transport(
                StreamableHttpMcpTransport.builder()
                    .url(origin + "/mcp")
                    .customHeaders(headers)
                    .timeout(LONGEST)
                    .build())
            .initializationTimeout(LONGEST)
            .toolExecutionTimeout(LONGEST)
            .build()) {
      System.out.println("tools: " + client.listTools().size());
      System.out.println(call(client));
      if (fixed) {
        FakeOAuth.logIn(origin + "/mcp");
      }
      System.out.println(call(client));
    } catch (Exception e) {
      System.out.println("failed: no connection");
    }
  }

  private static String call(McpClient client) {
    try {
      var request = ToolExecutionRequest.builder().name("pay").arguments("{}").build();
      return client.executeTool(request).resultText();
    } catch (RuntimeException e) {
      return "failed";
    }
  }

  private LangChain4jCalls() {}
}

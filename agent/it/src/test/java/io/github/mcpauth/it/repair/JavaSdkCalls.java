package io.github.mcpauth.it.repair;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.time.Duration;
import java.util.Map;

/**
 * A host on the MCP Java SDK that lists the tools and calls one, twice: {@code
 * <none|fixed|fresh>=<origin>…}. With {@code fixed} the token is one from before; with {@code
 * fresh} the newest that it got. Either way it logs in when it is refused, and lets the SDK try
 * again.
 */
final class JavaSdkCalls {

  public static void main(String[] args) {
    for (String each : args) {
      run(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    System.exit(0);
  }

  private static void run(String tokens, String origin) {
    String[] newest = {FakeOAuth.OLD};
    var transport =
        HttpClientStreamableHttpTransport.builder(origin)
            .endpoint("/mcp")
            .httpRequestCustomizer(
                (request, method, uri, body, context) -> {
                  if (!tokens.equals("none")) {
                    String token = tokens.equals("fixed") ? FakeOAuth.OLD : newest[0];
                    request.setHeader("Authorization", "Bearer " + token);
                  }
                })
            .authorizationErrorHandler(
                McpHttpClientAuthorizationErrorHandler.fromSync(
                    (response, context) -> {
                      if (newest[0].equals(FakeOAuth.OLD)) {
                        newest[0] = FakeOAuth.logIn(origin + "/mcp");
                      }
                      return true;
                    }))
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(20))
            .initializationTimeout(Duration.ofSeconds(20))
            .build()) {
      client.initialize();
      System.out.println("tools: " + client.listTools().tools().size());
      for (int i = 0; i < 2; i++) {
        System.out.println(call(client));
      }
    } catch (RuntimeException e) {
      System.out.println("failed: no connection");
    }
  }

  private static String call(McpSyncClient client) {
    try {
      var result = client.callTool(CallToolRequest.builder("pay").arguments(Map.of()).build());
      return String.valueOf(result).replaceAll("(?s).*(paid \\d).*", "$1");
    } catch (RuntimeException e) {
      return "failed";
    }
  }

  private JavaSdkCalls() {}
}

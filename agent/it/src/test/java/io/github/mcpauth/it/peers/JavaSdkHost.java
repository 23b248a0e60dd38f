package io.github.mcpauth.it.peers;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.time.Duration;

/** A host on the MCP Java SDK: {@code <url> [streamable|sse] [token]}. */
public final class JavaSdkHost {

  public static void main(String[] args) {
    URI url = URI.create(args[0]);
    String token = args.length > 2 ? args[2] : null;
    String base = url.getScheme() + "://" + url.getRawAuthority();
    boolean sse = args.length > 1 && args[1].equals("sse");
    // The SDK's older transport swallows refusals and always waits; the other one fails by itself.
    Duration longest = Duration.ofSeconds(sse ? 5 : 30);
    McpClientTransport transport =
        sse
            ? HttpClientSseClientTransport.builder(base).sseEndpoint(url.getRawPath()).build()
            : HttpClientStreamableHttpTransport.builder(base)
                .endpoint(url.getRawPath())
                .httpRequestCustomizer(
                    (request, method, uri, body, context) -> {
                      if (token != null) {
                        request.setHeader("Authorization", "Bearer " + token);
                      }
                    })
                .authorizationErrorHandler(
                    McpHttpClientAuthorizationErrorHandler.fromSync(
                        (response, context) -> {
                          System.out.println(
                              "refused: "
                                  + response.statusCode()
                                  + " "
                                  + response.headers().allValues("WWW-Authenticate"));
                          return false;
                        }))
                .build();
    try (McpSyncClient client =
        McpClient.sync(transport).requestTimeout(longest).initializationTimeout(longest).build()) {
      client.initialize();
      System.out.println("tools: " + client.listTools().tools().size());
    } catch (RuntimeException e) {
      System.out.println("failed: " + e.getMessage());
    }
    System.exit(0);
  }

  private JavaSdkHost() {}
}

package io.github.mcpauth.demo.host;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection to an MCP server through the MCP Java SDK. */
final class Session {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI server;
  private final Supplier<@Nullable String> token;
  private final Predicate<ResponseInfo> refused;

  /**
   * @param token asked for each request; null for none
   * @param refused asked when the server answers 401 or 403: whether to try again
   */
  Session(URI server, Supplier<@Nullable String> token, Predicate<ResponseInfo> refused) {
    this.server = server;
    this.token = token;
    this.refused = refused;
  }

  /** Connects, calls the first of the server's tools, and returns which it was and what it says. */
  String firstTool() {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(
                server.getScheme() + "://" + server.getRawAuthority())
            .endpoint(server.getRawPath())
            .connectTimeout(PATIENCE)
            .httpRequestCustomizer(
                (request, method, url, body, context) -> {
                  String bearer = token.get();
                  if (bearer != null) {
                    request.setHeader("Authorization", "Bearer " + bearer);
                  }
                })
            .authorizationErrorHandler(
                McpHttpClientAuthorizationErrorHandler.fromSync(
                    (response, context) -> refused.test(response)))
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .build()) {
      client.initialize();
      String tool = client.listTools().tools().get(0).name();
      var result = client.callTool(new CallToolRequest(tool, Map.<String, Object>of()));
      String text = result.content().get(0) instanceof TextContent content ? content.text() : "";
      return tool + " says: " + text;
    }
  }
}

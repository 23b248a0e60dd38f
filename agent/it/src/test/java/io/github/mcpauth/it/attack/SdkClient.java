package io.github.mcpauth.it.attack;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The MCP Java SDK, one client for each user, whom a step's token stands for; what is not MCP goes
 * over {@code java.net.http}, as an application's own OAuth does.
 */
final class SdkClient implements Host.Client {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Host.Client plain = new JdkClient();
  private final Map<String, User> users = new HashMap<>();

  /** The SDK's client of one user at one server, and the status it was last refused with. */
  private static final class User {

    private final McpSyncClient client;
    private volatile int refused;
    private volatile boolean connected;

    User(Step step, String authorization) {
      URI url = URI.create(step.url());
      var transport =
          HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getAuthority())
              .endpoint(url.getPath())
              .httpRequestCustomizer(
                  (request, method, uri, body, context) -> {
                    if (!authorization.isEmpty()) {
                      request.setHeader("Authorization", authorization);
                    }
                  })
              .authorizationErrorHandler(
                  McpHttpClientAuthorizationErrorHandler.fromSync(
                      (response, context) -> {
                        refused = response.statusCode();
                        return false;
                      }))
              .build();
      client =
          McpClient.sync(transport).requestTimeout(LONGEST).initializationTimeout(LONGEST).build();
    }

    synchronized String does(Step step) {
      refused = 0;
      try {
        if (!connected) {
          client.initialize();
          connected = true;
        }
        if (step.body().contains("\"tools/call\"")) {
          var request = CallToolRequest.builder("pay").arguments(Map.of()).build();
          return "200\n\n" + client.callTool(request);
        }
        return "200\n\n" + (step.body().contains("\"tools/list\"") ? client.listTools() : "");
      } catch (RuntimeException e) {
        return refused + " failed: " + e;
      }
    }
  }

  @Override
  public String send(Step step) throws Exception {
    if (!step.body().contains("\"jsonrpc\"")) {
      return plain.send(step);
    }
    String prefix = "Authorization: ";
    String authorization =
        step.headers().stream()
            .filter(header -> header.startsWith(prefix))
            .map(header -> header.substring(prefix.length()))
            .findFirst()
            .orElse("");
    User user;
    synchronized (users) {
      String key = step.url() + ' ' + authorization;
      User known = users.get(key);
      user = known != null && known.connected ? known : new User(step, authorization);
      users.put(key, user); // The SDK's client does not connect a second time.
    }
    return user.does(step);
  }
}

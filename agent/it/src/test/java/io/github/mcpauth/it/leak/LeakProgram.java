package io.github.mcpauth.it.leak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Sends planted secrets in every place of an MCP and an OAuth exchange: {@code <origin> <canary>}.
 */
final class LeakProgram {

  public static void main(String[] args) throws Exception {
    String canary = args[1];
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    String initialize =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"1\","
            + "\"_meta\":{\"Authorization\":\"Bearer "
            + canary
            + "\"}}}";
    send(client, args[0] + "/mcp", "application/json", initialize, "X-Api-Key", "none");
    send(
        client,
        args[0] + "/mcp?token=" + canary,
        "application/json",
        initialize,
        "Authorization",
        "Bearer " + canary);
    send(client, args[0] + "/mcp", "application/json", initialize, "Mcp-Session-Id", canary);
    send(
        client,
        args[0] + "/token",
        "application/x-www-form-urlencoded",
        "grant_type=authorization_code&code=" + canary + "&code_verifier=" + canary,
        "Cookie",
        "sid=" + canary);
    send(
        client,
        args[0] + "/register",
        "application/json",
        "{\"redirect_uris\":[\"http://l/?state=" + canary + "\"]}",
        "X-Other",
        canary);
    System.out.println("done");
  }

  private static void send(
      HttpClient client, String url, String type, String body, String header, String value)
      throws Exception {
    try {
      client.send(
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", type)
              .header(header, value)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      // What the client makes of it is not what is tested.
    }
  }

  private LeakProgram() {}
}

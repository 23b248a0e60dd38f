package io.github.mcpauth.it.leak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Sends one secret in many places, each to a server that echoes it: {@code <origin> <canary>}. */
final class CanaryProgram {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\","
          + "\"arguments\":{\"password\":\"@\",\"query\":\"hello\"}}}";

  /** Path, header and value, body; {@code @} stands for the secret. */
  static final List<String[]> REQUESTS =
      List.of(
          new String[] {"/mcp", "Authorization", "Bearer @", CALL},
          new String[] {"/mcp", "Authorization", "Basic #", CALL},
          new String[] {"/mcp", "Authorization", "@", CALL},
          new String[] {"/mcp", "X-Pat", "@", CALL},
          new String[] {"/mcp", "X-Acme", "@", CALL},
          new String[] {"/mcp", "Cookie", "path=@; @; domain=@", CALL},
          new String[] {"/mcp", "Mcp-Session-Id", "@", CALL},
          new String[] {"/mcp?k=@", "X-Plain", "1", CALL},
          new String[] {"/mcp?@", "X-Plain", "1", CALL},
          new String[] {"/stream", "Authorization", "Bearer @", CALL},
          new String[] {
            "/token", "X-Form", "1", "grant_type=authorization_code&code=@&code_verifier=@&otp=@"
          },
          new String[] {"/token", "X-Form", "1", "grant_type=password&username=@&password=@"},
          new String[] {"/register", "X-Plain", "1", "{\"redirect_uris\":[\"http://l/?k=@\"]}"});

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    for (String[] each : REQUESTS) {
      send(client, args[0], args[1], each);
    }
    System.out.println("done");
  }

  private static void send(HttpClient client, String origin, String canary, String[] request)
      throws InterruptedException {
    String basic =
        Base64.getEncoder().encodeToString(("u:" + canary).getBytes(StandardCharsets.UTF_8));
    boolean form = request[3].startsWith("grant_type");
    String encoded = URLEncoder.encode(canary, StandardCharsets.UTF_8);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(origin + request[0].replace("@", encoded)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header(request[1], request[2].replace("@", canary).replace("#", basic))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    request[3].replace("@", form ? encoded : canary)));
    try {
      client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      // What the client makes of it is not what is tested.
    }
  }

  private CanaryProgram() {}
}

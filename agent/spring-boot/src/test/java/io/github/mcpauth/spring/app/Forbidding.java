package io.github.mcpauth.spring.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An MCP server that says 403 where it means 401, and a first request to it. */
final class Forbidding {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

  /** Would colour a terminal. */
  private static final String REFUSAL = "{\"error\":\"authentication \\u001b[31mrequired\"}";

  /** Returns its URL without a path; it runs as long as the JVM does, and does not keep it. */
  static URI start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext(
        "/mcp",
        exchange -> {
          try (exchange) {
            byte[] body = REFUSAL.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    Thread starter = new Thread(server::start); // Its threads are daemons as this one is.
    starter.setDaemon(true);
    starter.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the status. */
  static int initialize() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(start().resolve("/mcp"))
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private Forbidding() {}
}

package io.github.mcpauth.junit.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An MCP server on loopback, and a host that opens a session there, as far as it gets. */
public final class Site implements AutoCloseable {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
          + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpServer server;

  private Site(int status, String body, Map<String, String> headers) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = HttpServer.create(any, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/mcp", exchange -> answer(exchange, status, body, headers));
    server.start();
  }

  private static void answer(
      HttpExchange exchange, int status, String body, Map<String, String> headers)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      headers.forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Answers. */
  public static Site healthy() {
    return new Site(200, INITIALIZED, Map.of());
  }

  /** Says 403 where it means 401: rule forbidden-on-connect, an error. */
  public static Site forbidding() {
    return new Site(403, "{\"error\":\"authentication required\"}", Map.of());
  }

  /** Wants a login, and does not say where: the rules wait whether the host finds out. */
  public static Site silent() {
    return new Site(401, "{}", Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  /** Returns the status. */
  public int initialize() {
    return initialize(url(), 0);
  }

  /** A head of more than 6 KiB: rule oversized-request-headers, a warning. */
  public int initializeWithLargeHead() {
    return initialize(url(), 7000);
  }

  public static int initialize(URI url, int extra) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE));
    if (extra > 0) {
      request.header("X-Context", "c".repeat(extra));
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

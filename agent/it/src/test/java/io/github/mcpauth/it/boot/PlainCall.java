package io.github.mcpauth.it.boot;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.TreeMap;

/** Makes one call that has nothing to do with MCP and prints what both of its ends saw. */
public final class PlainCall {

  public static void main(String[] args) throws Exception {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(loopback, 0);
    server.createContext(
        "/",
        exchange -> {
          System.out.println(new TreeMap<>(exchange.getRequestHeaders()).keySet());
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("body".getBytes());
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/weather");
    HttpRequest request = HttpRequest.newBuilder(uri).header("X-Mine", "1").build();
    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    System.out.println(response.statusCode() + " " + response.body() + " " + response.version());
    System.out.println(response.headers().map().keySet() + " " + (response.request() == request));
    server.stop(0);
    System.exit(5);
  }

  private PlainCall() {}
}

package io.github.mcpauth.it.wire;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.TreeMap;

/** Calls over java.net.http and prints everything that a host can see: {@code <origin>}. */
final class JdkProgram {

  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}}";

  public static void main(String[] args) throws Exception {
    CookieManager cookies = new CookieManager();
    HttpCookie cookie = new HttpCookie("visit", "crumbs-crumbs");
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(URI.create(args[0]), cookie);
    HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    for (String path : new String[] {"/mcp", "/moved", "/refused", "/gone", "/closed"}) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(args[0] + path))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
              .build();
      try {
        show(request, client.send(request, HttpResponse.BodyHandlers.ofString()));
        show(request, client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get());
      } catch (Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        System.out.println(path + " " + e.getClass() + " " + cause.getMessage());
      }
    }
  }

  private static void show(HttpRequest request, HttpResponse<String> response) {
    System.out.println(
        response.uri().getPath()
            + " "
            + response.statusCode()
            + " "
            + new TreeMap<>(response.headers().map())
            + " "
            + response.body()
            + " same request: "
            + (response.request() == request)
            + " previous: "
            + response.previousResponse().map(HttpResponse::statusCode)
            + " "
            + response.version());
  }

  private JdkProgram() {}
}

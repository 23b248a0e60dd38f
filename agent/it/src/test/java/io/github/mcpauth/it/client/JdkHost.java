package io.github.mcpauth.it.client;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** java.net.http, {@code send} or {@code sendAsync}; its cookie is a header that it adds late. */
final class JdkHost implements HttpHost {

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final boolean async;

  JdkHost(boolean async) {
    this.async = async;
  }

  @Override
  public Answer post(String url, Map<String, String> headers, String body) throws Exception {
    HttpCookie cookie = new HttpCookie("visit", "crumbs-crumbs");
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(URI.create(url), cookie);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = send(request.build());
    return new Answer(
        response.statusCode(), new TreeMap<>(response.headers().map()), response.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    if (!async) {
      return client.send(request, BodyHandlers.ofString());
    }
    try {
      return client.sendAsync(request, BodyHandlers.ofString()).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}

package io.github.mcpauth.it.attack;

import java.net.Authenticator;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@code java.net.http}, one client for each way to use it. */
final class JdkClient implements Host.Client {

  private final Map<String, HttpClient> clients = new HashMap<>();
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

  private HttpClient client(Step step) {
    String key = step.has("follow") + " " + step.has("authenticates") + " " + step.has("cookies");
    synchronized (clients) {
      return clients.computeIfAbsent(key, any -> build(step));
    }
  }

  private HttpClient build(Step step) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(step.has("follow") ? Redirect.ALWAYS : Redirect.NEVER);
    if (step.has("cookies")) {
      builder.cookieHandler(cookies);
    }
    if (step.has("authenticates")) {
      builder.authenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return new PasswordAuthentication("it", "password".toCharArray());
            }
          });
    }
    return builder.build();
  }

  @Override
  public String send(Step step) throws Exception {
    HttpRequest.Builder built =
        HttpRequest.newBuilder(URI.create(step.url())).timeout(Duration.ofSeconds(40));
    for (String header : step.headers()) {
      int colon = header.indexOf(": ");
      built.header(header.substring(0, colon), header.substring(colon + 2));
    }
    boolean empty = step.body().isEmpty();
    built.method(
        step.method(), empty ? BodyPublishers.noBody() : BodyPublishers.ofString(step.body()));
    HttpResponse<String> response = client(step).send(built.build(), BodyHandlers.ofString());
    StringBuilder text = new StringBuilder().append(response.statusCode()).append('\n');
    response
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(v -> text.append(name).append(": ").append(v).append('\n')));
    if (!response.uri().equals(URI.create(step.url()))) {
      text.append("asked instead: ").append(response.uri()).append('\n');
    }
    return text.append('\n').append(response.body()).toString();
  }
}

package io.github.mcpauth.it.record;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Posts JSON with a token: {@code (<url> <body>)...}. */
public final class Posts {

  static final String TOKEN = "planted-token-0123456789";

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < args.length; i += 2) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(args[i]))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(args[i + 1].replace('\'', '"')));
      request.header("Authorization", "Bearer " + TOKEN);
      System.out.println(
          client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode());
    }
  }

  private Posts() {}
}

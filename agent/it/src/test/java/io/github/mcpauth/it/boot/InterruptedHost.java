package io.github.mcpauth.it.boot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Is interrupted while it makes its client; posts to a URL after a pause: url, milliseconds. */
public final class InterruptedHost {

  public static void main(String[] args) throws Exception {
    Thread.currentThread().interrupt();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.ALWAYS)
            .build();
    System.out.println(Thread.interrupted() ? "interrupted" : "not interrupted");
    Thread.sleep(Long.parseLong(args[1]));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0]))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
            .build();
    System.out.println(client.send(request, BodyHandlers.ofString()).statusCode());
  }

  private InterruptedHost() {}
}

package io.github.mcpauth.it.harm;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Makes its first call while the JVM goes down, and prints its status. */
public final class ClientAtExit {

  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> call(args[0])));
  }

  private static void call(String url) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
              .build();
      System.out.println(
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode());
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  private ClientAtExit() {}
}

package io.github.mcpauth.it.harm;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Calls from several threads without pause, and exits in the midst of it: {@code <url> <millis>}.
 */
final class ExitUnderLoad {

  private static final int THREADS = 4;

  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0]))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
            .build();
    for (int i = 0; i < THREADS; i++) {
      new Thread(() -> callsOn(client, request)).start();
    }
    Thread.sleep(Long.parseLong(args[1]));
    System.out.println("exits");
    System.exit(7);
  }

  private static void callsOn(HttpClient client, HttpRequest request) {
    try {
      while (true) {
        client.send(request, BodyHandlers.ofString());
      }
    } catch (Exception e) {
      // The JVM goes down.
    }
  }

  private ExitUnderLoad() {}
}

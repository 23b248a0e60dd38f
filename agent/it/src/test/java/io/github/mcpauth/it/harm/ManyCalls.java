package io.github.mcpauth.it.harm;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Messages of almost 1 MiB, or of {@code -Dlength}, which fill the recorder's queue soon: {@code
 * <url> <count>}. It then stays until there is a file {@code drained}, at most for some seconds:
 * {@code -Dstays}.
 */
final class ManyCalls {

  public static void main(String[] args) throws Exception {
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + "x".repeat(Integer.getInteger("length", 1_000_000))
            + "\"}}";
    HttpClient client = HttpClient.newHttpClient();
    int wait = 10 * Integer.getInteger("stays", 2);
    int answers = 0;
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(args[0]))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(message))
              .build();
      client.send(request, HttpResponse.BodyHandlers.discarding());
      answers++;
    }
    System.out.println("answers: " + answers);
    Files.writeString(Path.of("sent"), "");
    for (int i = 0; i < wait && !Files.exists(Path.of("drained")); i++) {
      Thread.sleep(100); // The recorder gets idle, and says what it had to drop.
    }
  }

  private ManyCalls() {}
}

package io.github.mcpauth.it.closing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A host that connects, waits until the agent has told that it is not connected, and connects again
 * until the agent has told that it is: {@code jdk|okhttp <url> <log>}.
 */
final class RetryingHost {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\"}}";

  public static void main(String[] args) throws Exception {
    boolean jdk = args[0].equals("jdk");
    System.out.println(jdk ? jdk(args[1]) : okhttp(args[1]));
    System.out.println("told: " + tells(args[2], "failed"));
    System.out.println(jdk ? jdk(args[1]) : okhttp(args[1]));
    System.out.println("told: " + tells(args[2], "connected"));
    System.exit(0);
  }

  private static boolean tells(String log, String state) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      if (tellsNow(Path.of(log), state)) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  private static boolean tellsNow(Path log, String state) throws IOException {
    return Files.exists(log)
        && Files.readAllLines(log).stream()
            .anyMatch(
                line ->
                    line.contains("\"server.status\"")
                        && line.contains("\"mcpauth.server.state\":\"" + state + "\""));
  }

  private static int jdk(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static int okhttp(String url) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(INITIALIZE, MediaType.get("application/json")))
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      response.body().string();
      return response.code();
    }
  }

  private RetryingHost() {}
}

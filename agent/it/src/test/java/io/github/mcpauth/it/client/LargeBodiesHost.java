package io.github.mcpauth.it.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one and the same large body from many threads at once: {@code jdk|okhttp <url> <threads>
 * <calls>}. The host itself has it in memory once.
 */
final class LargeBodiesHost {

  /** Sends the body and returns the status. */
  private interface Post {
    int send() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    String start =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"";
    byte[] body = (start + "x".repeat(1_000_000) + "\"}}").getBytes();
    Post post = args[0].equals("jdk") ? jdk(args[1], body) : okhttp(args[1], body);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[3]));
    AtomicInteger answers = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Thread thread =
          new Thread(
              () -> {
                while (left.getAndDecrement() > 0) {
                  try {
                    answers.addAndGet(post.send() > 0 ? 1 : 0);
                  } catch (Throwable e) {
                    e.printStackTrace(); // Fewer answers tell.
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("answers: " + answers);
  }

  private static Post jdk(String url, byte[] body) {
    java.net.http.HttpClient client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build();
    return () ->
        client
            .send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString())
            .statusCode();
  }

  @SuppressWarnings("deprecation") // The order of arguments that every version has.
  private static Post okhttp(String url, byte[] body) {
    OkHttpClient client = new OkHttpClient();
    return () -> {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Accept", "application/json, text/event-stream")
              .post(RequestBody.create(MediaType.parse("application/json"), body))
              .build();
      try (Response response = client.newCall(request).execute()) {
        return response.body().string().isEmpty() ? 0 : response.code();
      }
    };
  }

  private LargeBodiesHost() {}
}

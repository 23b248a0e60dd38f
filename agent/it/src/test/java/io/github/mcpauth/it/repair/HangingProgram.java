package io.github.mcpauth.it.repair;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Breaks off calls that the server leaves hanging, once it has them: {@code <origin> <path>}. With
 * {@code login} it gets a token first, and goes on without it. The server says when a call hangs
 * and when the client has closed its connection: {@code GET /hanging}, {@code GET /closed}.
 */
final class HangingProgram {

  /** Longer than any call here may take once it was broken off, on a slow machine. */
  private static final long SOON_MS = 8000;

  private static final HttpClient CONTROL = HttpClient.newHttpClient();

  private final HttpClient jdk =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final OkHttpClient okhttp =
      new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build();
  private final String origin;

  private HangingProgram(String origin) {
    this.origin = origin;
  }

  public static void main(String[] args) throws Exception {
    HangingProgram program = new HangingProgram(args[0]);
    if (args[1].equals("/mcp")) {
      program.jdk.send(request(args[0] + "/mcp", Requests.INITIALIZE), BodyHandlers.ofString());
      FakeOAuth.logIn(args[0] + "/mcp");
    }
    program.interrupted(args[0] + args[1]);
    program.cancelled(args[0] + args[1]);
    System.exit(0);
  }

  private static HttpRequest request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private void interrupted(String url) throws Exception {
    Callable<?> call = () -> jdk.send(request(url, Requests.CALL), BodyHandlers.ofString());
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(outcome(call)));
    thread.start();
    brokenOff("interrupt", outcome, thread::interrupt);
  }

  private void cancelled(String url) throws Exception {
    okhttp3.Call call =
        okhttp.newCall(
            new Request.Builder()
                .url(url)
                .header("Accept", "application/json, text/event-stream")
                .post(RequestBody.create(Requests.CALL, MediaType.get("application/json")))
                .build());
    Callable<Integer> run =
        () -> {
          try (Response response = call.execute()) {
            return response.code();
          }
        };
    CompletableFuture<String> outcome = new CompletableFuture<>();
    new Thread(() -> outcome.complete(outcome(run))).start();
    brokenOff("cancel", outcome, call::cancel);
  }

  /** What the host's thread sees, its own interrupt flag included. */
  private static String outcome(Callable<?> call) {
    String seen;
    try {
      seen = String.valueOf(call.call());
    } catch (Exception e) {
      boolean io = e instanceof IOException;
      seen = e.getClass().getName() + (io ? " " + e.getMessage() : "");
    }
    return seen + ", interrupted: " + Thread.currentThread().isInterrupted();
  }

  private void brokenOff(String name, CompletableFuture<String> outcome, Runnable how)
      throws Exception {
    System.out.println(name + ": " + ask("/hanging"));
    long start = System.nanoTime();
    how.run();
    String seen = outcome.get(60, TimeUnit.SECONDS);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.println(name + ": " + seen + (took < SOON_MS ? "" : ", but after ms: " + took));
    System.out.println(name + ": " + ask("/closed"));
  }

  private String ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path)).build();
    return CONTROL.send(request, BodyHandlers.ofString()).body();
  }
}

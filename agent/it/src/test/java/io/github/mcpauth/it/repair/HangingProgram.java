package io.github.mcpauth.it.repair;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
 * Breaks off calls that the server leaves hanging, once it has them: {@code <origin> <path>}. For
 * {@code /mcp} it logs in first, and goes on without the token. For {@code /token} it then
 * refreshes twice at once, and breaks off the second, which the agent holds back. The server says
 * when a call hangs and when the client has closed its connection: {@code GET /hanging}, {@code GET
 * /closed}.
 */
final class HangingProgram {

  /** Longer than any call here may take once it was broken off, on a slow machine. */
  private static final long SOON_MS = 8000;

  private static final String REFRESH =
      "grant_type=refresh_token&client_id=it&refresh_token=" + Twice.SECRET + "-refresh-";

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
    if (!args[1].endsWith("?first")) {
      program.jdk.send(request(args[0] + "/mcp", Requests.INITIALIZE), BodyHandlers.ofString());
      FakeOAuth.logIn(args[0] + "/mcp");
    }
    boolean refreshes = args[1].equals("/token");
    for (boolean onJdk : new boolean[] {true, false}) {
      String body = refreshes ? refresh(args[0], onJdk) : Requests.CALL;
      if (refreshes) {
        program.started(onJdk, args[0] + args[1], body);
        System.out.println("first: " + program.ask("/hanging"));
      }
      Broken call = program.started(onJdk, args[0] + args[1], body);
      String name = onJdk ? "interrupt: " : "cancel: ";
      System.out.println(name + (refreshes ? call.waits() : program.ask("/hanging")));
      System.out.println(name + call.brokenOff());
      if (!refreshes) {
        System.out.println(name + program.ask("/closed"));
      }
    }
    System.exit(0);
  }

  /** Names the server that the token is for: that makes it this server's request. */
  private static String refresh(String origin, boolean onJdk) {
    String resource = URLEncoder.encode(origin + "/mcp", StandardCharsets.UTF_8);
    return REFRESH + onJdk + "&resource=" + resource;
  }

  private static String type(String url) {
    return url.endsWith("/token") ? "application/x-www-form-urlencoded" : "application/json";
  }

  private static HttpRequest request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", type(url))
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private Broken started(boolean onJdk, String url, String body) {
    okhttp3.Call call =
        okhttp.newCall(
            new Request.Builder()
                .url(url)
                .header("Accept", "application/json, text/event-stream")
                .post(RequestBody.create(body, MediaType.get(type(url))))
                .build());
    Callable<Integer> run =
        () -> {
          if (onJdk) {
            return jdk.send(request(url, body), BodyHandlers.ofString()).statusCode();
          }
          try (Response response = call.execute()) {
            return response.code();
          }
        };
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(outcome(run)));
    thread.start();
    return new Broken(thread, outcome, onJdk ? thread::interrupt : call::cancel);
  }

  /** A call on a thread of its own, and how it is broken off. */
  private record Broken(Thread thread, CompletableFuture<String> outcome, Runnable how) {

    /** Returns once the thread waits for something, or after some seconds. */
    String waits() throws InterruptedException {
      for (int i = 0; i < 500 && !thread.getState().toString().endsWith("WAITING"); i++) {
        Thread.sleep(10);
      }
      return "waiting";
    }

    String brokenOff() throws Exception {
      long start = System.nanoTime();
      how.run();
      String seen = outcome.get(50, TimeUnit.SECONDS);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      return seen + (took < SOON_MS ? "" : ", but after ms: " + took);
    }
  }

  /** What the host's thread sees, its own interrupt flag included. */
  private static String outcome(Callable<?> call) {
    String seen;
    try {
      seen = String.valueOf(call.call());
    } catch (Exception e) {
      // A socket that was closed under a read has several words for it.
      seen = e instanceof IOException ? "IOException" : e.getClass().getSimpleName();
    }
    return seen + ", interrupted: " + Thread.currentThread().isInterrupted();
  }

  private String ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path)).build();
    return CONTROL.send(request, BodyHandlers.ofString()).body();
  }
}

package io.github.mcpauth.it.repair;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Calls with the host's own time set, of which the first answer takes the most and the replay would
 * take any amount: {@code <origin> <seconds> <too late after seconds>}. All at once.
 */
final class TimeoutProgram {

  public static void main(String[] args) throws Exception {
    Duration own = Duration.ofSeconds(Integer.parseInt(args[1]));
    long late = Duration.ofSeconds(Integer.parseInt(args[2])).toNanos();
    String mcp = args[0] + "/mcp";
    HttpClient jdk = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    OkHttpClient okhttp = new OkHttpClient.Builder().callTimeout(own).build();
    jdk.send(request(mcp, Requests.INITIALIZE, own), BodyHandlers.ofString());
    status(okhttp, mcp); // So that what it has to load is loaded.
    FakeOAuth.logIn(mcp);
    HttpRequest call = request(mcp + "?session=slow", Requests.CALL, own);
    Map<String, Callable<Integer>> calls = new LinkedHashMap<>();
    calls.put("send", () -> jdk.send(call, BodyHandlers.ofString()).statusCode());
    calls.put("sendAsync", () -> jdk.sendAsync(call, BodyHandlers.ofString()).get().statusCode());
    calls.put("execute", () -> status(okhttp, mcp + "?session=slow"));
    Map<String, CompletableFuture<String>> outcomes = new LinkedHashMap<>();
    calls.forEach(
        (name, each) -> {
          CompletableFuture<String> outcome = new CompletableFuture<>();
          outcomes.put(name, outcome);
          new Thread(() -> outcome.complete(outcome(each, late))).start();
        });
    outcomes.forEach((name, outcome) -> System.out.println(name + ": " + outcome.join()));
    System.exit(0);
  }

  private static HttpRequest request(String url, String body, Duration own) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .timeout(own)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static int status(OkHttpClient client, String url) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Accept", "application/json, text/event-stream")
            .post(RequestBody.create(Requests.CALL, MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  private static String outcome(Callable<Integer> call, long late) {
    long start = System.nanoTime();
    String seen;
    try {
      seen = String.valueOf(call.call());
    } catch (Exception e) {
      seen = "failed";
    }
    return (System.nanoTime() - start < late ? "" : "too late: ") + seen;
  }

  private TimeoutProgram() {}
}

package io.github.mcpauth.it.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;

/** Logs in and goes on without the token, in several ways: {@code <jdk|okhttp> <origin>}. */
final class ReplayProgram {

  private static final HttpClient JDK =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] args) throws Exception {
    boolean jdk = args[0].equals("jdk");
    String origin = args[1];
    login(origin);
    for (String path :
        new String[] {
          "/mcp?session=ok", "/mcp?session=closes", "/mcp?session=once", "/mcp?session=large"
        }) {
      System.out.println(path + " " + (jdk ? jdk(origin + path) : okhttp(origin + path)));
      taken(origin);
    }
    System.out.println("cancelled: " + (jdk ? jdkCancel(origin) : okhttpCancel(origin)));
    System.exit(0);
  }

  private static void login(String origin) throws Exception {
    send(
        post(origin + "/mcp", "application/json", BodyPublishers.ofString(McpMessages.INITIALIZE)));
    for (String document :
        new String[] {"oauth-protected-resource/mcp", "oauth-authorization-server"}) {
      send(HttpRequest.newBuilder(URI.create(origin + "/.well-known/" + document)).build());
    }
    String form = "grant_type=authorization_code&code=c-1&resource=" + origin + "/mcp";
    send(
        post(
            origin + "/token", "application/x-www-form-urlencoded", BodyPublishers.ofString(form)));
  }

  /** A request that the server takes. */
  private static void taken(String origin) throws Exception {
    String url = origin + "/mcp?session=taken";
    send(post(url, "application/json", BodyPublishers.ofString(McpMessages.INITIALIZE)));
  }

  private static String send(HttpRequest request) throws Exception {
    var response = JDK.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static HttpRequest post(String url, String type, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", type)
        .header("Accept", "application/json, text/event-stream")
        .POST(body)
        .build();
  }

  private static InputStream once() {
    return new ByteArrayInputStream(McpMessages.INITIALIZE.getBytes(StandardCharsets.UTF_8));
  }

  private static String large() {
    return McpMessages.INITIALIZE.replace("{}", "{\"x\":\"" + "y".repeat(100_000) + "\"}");
  }

  private static String jdk(String url) throws Exception {
    InputStream stream = url.endsWith("large") ? stream(large()) : once();
    boolean streams = url.endsWith("once") || url.endsWith("large");
    BodyPublisher body =
        streams
            ? BodyPublishers.ofInputStream(() -> stream)
            : BodyPublishers.ofString(McpMessages.INITIALIZE);
    return send(post(url, "application/json", body));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String jdkCancel(String origin) throws Exception {
    BodyPublisher body = BodyPublishers.ofString(McpMessages.INITIALIZE);
    CompletableFuture<?> call =
        JDK.sendAsync(
            post(origin + "/mcp?session=hangs", "application/json", body), BodyHandlers.ofString());
    ask(origin + "/hanging");
    boolean open = !call.isDone();
    String outcome = open + " " + call.cancel(true) + " " + call.isDone();
    ask(origin + "/closed"); // Before this JVM ends: the client closes it on another thread.
    return outcome;
  }

  /** Returns once the server says that it is so, see {@code HangingServer}. */
  private static void ask(String url) throws Exception {
    send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static Request okhttpRequest(String url) {
    MediaType json = MediaType.get("application/json");
    InputStream stream = url.endsWith("large") ? stream(large()) : once();
    boolean streams = url.endsWith("once") || url.endsWith("large");
    RequestBody body =
        streams
            ? new RequestBody() {
              @Override
              public MediaType contentType() {
                return json;
              }

              @Override
              public boolean isOneShot() {
                return true;
              }

              @Override
              public void writeTo(BufferedSink sink) throws IOException {
                sink.writeAll(Okio.source(stream));
              }
            }
            : RequestBody.create(McpMessages.INITIALIZE, json);
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/json, text/event-stream")
        .post(body)
        .build();
  }

  private static String okhttp(String url) throws IOException {
    try (Response response = new OkHttpClient().newCall(okhttpRequest(url)).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  private static String okhttpCancel(String origin) throws Exception {
    Call call = new OkHttpClient().newCall(okhttpRequest(origin + "/mcp?session=hangs"));
    CompletableFuture<String> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try (Response response = call.execute()) {
                return "answered " + response.code();
              } catch (IOException e) {
                return String.valueOf(call.isCanceled());
              }
            });
    ask(origin + "/hanging");
    boolean open = !outcome.isDone();
    call.cancel();
    String seen = open + " true " + outcome.get(30, TimeUnit.SECONDS);
    ask(origin + "/closed");
    return seen;
  }

  private ReplayProgram() {}
}

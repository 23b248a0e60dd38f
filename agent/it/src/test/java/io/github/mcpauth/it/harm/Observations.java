package io.github.mcpauth.it.harm;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** Prints what a host can tell of its clients' responses, futures and bodies: {@code <origin>}. */
public final class Observations {

  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  private static final byte[] BYTES = CALL.getBytes(StandardCharsets.UTF_8);

  private final HttpClient jdk =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();
  private final String origin;

  private Observations(String origin) {
    this.origin = origin;
  }

  public static void main(String[] args) throws Exception {
    Observations here = new Observations(args[0]);
    for (String path : new String[] {"/mcp", "/moved", "/seen"}) {
      here.responses(path, BodyPublishers.ofByteArray(BYTES));
      here.responses(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BYTES)));
    }
    here.cancelled();
    for (String path : new String[] {"/mcp", "/moved"}) {
      here.okhttp(path, false);
      here.okhttp(path, true);
    }
    System.exit(0);
  }

  private HttpRequest request(String path, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(origin + path))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(body)
        .build();
  }

  private void responses(String path, BodyPublisher body) throws Exception {
    HttpRequest request = request(path, body);
    print(jdk.send(request, BodyHandlers.ofString()), request, body);
    print(jdk.sendAsync(request, BodyHandlers.ofString()).get(20, TimeUnit.SECONDS), request, body);
  }

  private static void print(HttpResponse<?> response, HttpRequest request, BodyPublisher body)
      throws ReflectiveOperationException {
    HttpResponse<?> each = response;
    while (each != null) {
      System.out.println(each + " " + each.uri() + " " + each.version() + " " + label(each));
      System.out.println(
          each.request()
              + " "
              + each.request().uri()
              + " "
              + each.request().headers().map()
              + " own="
              + (each.request() == request)
              + " equal="
              + each.request().equals(request)
              + " body="
              + (each.request().bodyPublisher().orElse(null) == body));
      each = each.previousResponse().orElse(null);
    }
  }

  private static boolean label(HttpResponse<?> response) throws ReflectiveOperationException {
    try {
      Object label = HttpResponse.class.getMethod("connectionLabel").invoke(response);
      return ((java.util.Optional<?>) label).isPresent();
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private void cancelled() throws Exception {
    HttpRequest request = request("/hang", BodyPublishers.ofByteArray(BYTES));
    CompletableFuture<Integer> derived =
        jdk.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::statusCode);
    Thread.sleep(500);
    System.out.println("cancelled derived: " + derived.cancel(true) + " " + outcome(derived));
    CompletableFuture<HttpResponse<String>> own = jdk.sendAsync(request, BodyHandlers.ofString());
    Thread.sleep(500);
    System.out.println("cancelled own: " + own.cancel(true) + " " + outcome(own));
  }

  private static String outcome(CompletableFuture<?> future) throws Exception {
    try {
      return String.valueOf(future.get(20, TimeUnit.SECONDS));
    } catch (CancellationException e) {
      return "CancellationException, cancelled=" + future.isCancelled();
    } catch (java.util.concurrent.ExecutionException e) {
      return "ExecutionException, cancelled=" + future.isCancelled();
    }
  }

  /** A body of the host's own class, which an interceptor may well know. */
  private static final class OwnBody extends RequestBody {
    private final boolean oneShot;

    OwnBody(boolean oneShot) {
      this.oneShot = oneShot;
    }

    @Override
    public MediaType contentType() {
      return MediaType.get("application/json");
    }

    @Override
    public long contentLength() {
      return BYTES.length;
    }

    @Override
    public boolean isOneShot() {
      return oneShot;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
      sink.write(BYTES);
    }
  }

  private void okhttp(String path, boolean oneShot) throws Exception {
    Interceptor network =
        chain -> {
          Response response = chain.proceed(chain.request());
          System.out.println("network " + own(chain.request()) + " " + own(response.request()));
          return response;
        };
    OkHttpClient client = new OkHttpClient.Builder().addNetworkInterceptor(network).build();
    Request request =
        new Request.Builder()
            .url(origin + path)
            .header("Accept", "application/json, text/event-stream")
            .post(new OwnBody(oneShot))
            .build();
    try (Response response = client.newCall(request).execute()) {
      System.out.println(response.code() + " " + response.body().string());
      for (Response each = response; each != null; each = each.priorResponse()) {
        System.out.println(each + " " + own(each.request()) + " " + (each.request() == request));
        System.out.println(
            each.networkResponse() == null ? "none" : own(each.networkResponse().request()));
      }
    }
  }

  private static String own(Request request) {
    return request.body() == null ? "none" : request.body().getClass().getSimpleName();
  }
}

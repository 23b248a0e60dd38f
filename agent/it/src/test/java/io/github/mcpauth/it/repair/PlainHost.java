package io.github.mcpauth.it.repair;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;

/**
 * A host without an SDK that sends the requests it is told, with each client to its own server:
 * {@code <jdk's origin> <okhttp's origin> <another origin> <request>…}, see {@link Requests}.
 */
final class PlainHost {

  /** What the host sees of an answer. */
  record Answer(int status, List<String> challenges, String body) {
    @Override
    public String toString() {
      return status + " " + challenges + " " + body.replaceAll("\\s+", " ");
    }
  }

  interface Client {
    Answer send(Requests request) throws Exception;
  }

  private static final Executor THREADS = task -> new Thread(task).start();
  private static final List<String> BOUNDED = List.of("timeout", "cancel", "close");

  public static void main(String[] args) throws Exception {
    for (String client : new String[] {"jdk", "okhttp"}) {
      boolean jdk = client.equals("jdk");
      for (int i = 3; i < args.length; i++) {
        String text = args[i].replace("@@", args[2]).replace("@", args[jdk ? 0 : 1]);
        Requests request = Requests.of(text);
        Client sender = jdk ? PlainHost::jdk : PlainHost::okhttp;
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int j = 0; j < (request.has("twice") ? 2 : 1); j++) {
          answers.add(CompletableFuture.supplyAsync(() -> answer(sender, request), THREADS));
        }
        if (request.has("busy")) {
          others(sender, args[jdk ? 0 : 1] + "/others/", answers.get(0));
        }
        for (CompletableFuture<String> answer : answers) {
          System.out.println(client + " " + answer.join());
        }
      }
    }
    System.exit(0);
  }

  /** Other exchanges than this one, as long as it is under way. */
  private static void others(Client client, String url, CompletableFuture<String> one) {
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String own = url + i + "/";
      others.add(
          CompletableFuture.runAsync(
              () -> {
                for (int j = 0; j < 100 && !one.isDone(); j++) {
                  answer(client, Requests.of(Requests.post("-", own + j, Requests.LIST)));
                }
              },
              THREADS));
    }
    others.forEach(CompletableFuture::join);
  }

  private static String answer(Client client, Requests request) {
    long start = System.nanoTime();
    String answer;
    try {
      answer =
          request.has("discover")
              ? Discovery.from(client, request.url())
              : client.send(request).toString();
    } catch (Exception e) {
      answer = "failed";
    }
    boolean soon = System.nanoTime() - start < TimeUnit.SECONDS.toNanos(8);
    boolean bounded = request.options().stream().anyMatch(BOUNDED::contains);
    return soon || !bounded ? answer : "too late: " + answer;
  }

  /** On a thread of its own: on two processors the common pool of JDK 25 has but one. */
  private static void soon(Callable<?> action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(2500); // By then the replay is under way, on a slow machine as well.
                action.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static Answer jdk(Requests request) throws Exception {
    HttpClient.Builder client = HttpClient.newBuilder();
    client.followRedirects(request.has("follow") ? Redirect.ALWAYS : Redirect.NEVER);
    if (!request.has("h2")) {
      client.version(HttpClient.Version.HTTP_1_1);
    }
    if (request.has("cookies")) {
      CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
      cookies.put(
          URI.create(request.url()),
          java.util.Map.of("Set-Cookie", List.of("ambient=" + Requests.LARGE + "; Path=/")));
      client.cookieHandler(cookies);
    }
    if (request.has("authenticates")) {
      client.authenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return new PasswordAuthentication("it", "password".toCharArray());
            }
          });
    }
    HttpRequest.Builder built = HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach(field -> built.header(field.getKey(), field.getValue()));
    InputStream once = new ByteArrayInputStream(request.body().getBytes(StandardCharsets.UTF_8));
    BodyPublisher body =
        request.has("once")
            ? BodyPublishers.ofInputStream(() -> once)
            : BodyPublishers.ofString(request.body());
    built.method(request.method(), request.body().isEmpty() ? BodyPublishers.noBody() : body);
    if (request.has("timeout")) {
      built.timeout(Duration.ofSeconds(3));
    }
    HttpClient http = client.build();
    HttpResponse<String> response;
    if (request.has("close")) {
      soon(() -> HttpClient.class.getMethod("shutdownNow").invoke(http)); // Since 21.
    }
    if (request.has("cancel")) {
      var sent = http.sendAsync(built.build(), BodyHandlers.ofString());
      soon(() -> sent.cancel(true));
      response = sent.get();
    } else if (request.has("async")) {
      response = http.sendAsync(built.build(), BodyHandlers.ofString()).get();
    } else {
      response = http.send(built.build(), BodyHandlers.ofString());
    }
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    return new Answer(response.statusCode(), challenges, response.body());
  }

  private static Answer okhttp(Requests request) throws IOException {
    OkHttpClient.Builder client = new OkHttpClient.Builder();
    client.followRedirects(request.has("follow"));
    client.dns(host -> List.of(InetAddress.getByName("127.0.0.1"))); // Whatever its name.
    if (request.has("authenticates")) {
      client.authenticator(
          (route, response) ->
              response.request().header("Authorization") != null
                  ? null
                  : response
                      .request()
                      .newBuilder()
                      .header("Authorization", Credentials.basic("it", "password"))
                      .build());
    }
    if (request.has("cookies")) {
      client.cookieJar(
          new CookieJar() {
            @Override
            public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

            @Override
            public List<Cookie> loadForRequest(HttpUrl url) {
              Cookie.Builder cookie = new Cookie.Builder().name("ambient").value(Requests.LARGE);
              return List.of(cookie.domain(url.host()).build());
            }
          });
    }
    if (request.has("timeout")) {
      client.callTimeout(Duration.ofSeconds(3));
    }
    Request.Builder built = new Request.Builder().url(request.url());
    request.headers().forEach(field -> built.addHeader(field.getKey(), field.getValue()));
    built.method(request.method(), request.body().isEmpty() ? null : body(request));
    okhttp3.Call call = client.build().newCall(built.build());
    if (request.has("cancel") || request.has("close")) {
      soon(
          () -> {
            call.cancel();
            return null;
          });
    }
    try (Response response = call.execute()) {
      return new Answer(
          response.code(), response.headers("WWW-Authenticate"), response.body().string());
    }
  }

  private static RequestBody body(Requests request) {
    MediaType type = null; // As the request's own header says.
    byte[] bytes = request.body().getBytes(StandardCharsets.UTF_8);
    if (!request.has("once")) {
      return RequestBody.create(bytes, type);
    }
    InputStream once = new ByteArrayInputStream(bytes);
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return type;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeAll(Okio.source(once));
      }
    };
  }

  private PlainHost() {}
}

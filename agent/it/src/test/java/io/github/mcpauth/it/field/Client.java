package io.github.mcpauth.it.field;

import io.github.mcpauth.rules.http.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends a case's requests with one of the two HTTP clients, through the case's proxy. */
interface Client {

  /**
   * Sends a request and reads its answer, on threads of its own.
   *
   * @param millis after how long the client gives up by itself; 0 for never
   */
  Sent send(RequestHead head, byte[] body, boolean follows, long millis);

  /** A request that is under way. */
  interface Sent {

    /** Done once the answer was read to its end, or failed. */
    CompletableFuture<Void> done();

    /** The host does not want it any longer. */
    void drop();
  }

  static Client jdk(InetSocketAddress proxy, Certificates certificates)
      throws GeneralSecurityException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(new Routes(proxy))
            .sslContext(certificates.context());
    HttpClient plain = builder.build();
    HttpClient following = builder.followRedirects(Redirect.ALWAYS).build();
    return (head, body, follows, millis) -> {
      HttpRequest.Builder request = HttpRequest.newBuilder(head.url());
      head.headers().forEach(field -> request.header(field.name(), field.value()));
      if (millis > 0) {
        request.timeout(Duration.ofMillis(millis));
      }
      request.method(
          head.method(),
          body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      CompletableFuture<HttpResponse<InputStream>> answer =
          (follows ? following : plain).sendAsync(request.build(), BodyHandlers.ofInputStream());
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                try (InputStream in = answer.get().body()) {
                  in.readAllBytes();
                } catch (Exception e) {
                  // What the host makes of it is not the question.
                }
                done.complete(null);
              });
      reader.setDaemon(true);
      reader.start();
      return new Sent() {
        @Override
        public CompletableFuture<Void> done() {
          return done;
        }

        @Override
        public void drop() {
          if (answer.isDone()) {
            try {
              answer.join().body().close();
            } catch (IOException | RuntimeException e) {
              // It is gone.
            }
          } else {
            answer.cancel(true);
          }
        }
      };
    };
  }

  static Client okhttp(InetSocketAddress proxy, Certificates certificates)
      throws GeneralSecurityException {
    OkHttpClient base =
        new OkHttpClient.Builder()
            .proxySelector(new Routes(proxy))
            .sslSocketFactory(certificates.context().getSocketFactory(), certificates.trust())
            .protocols(java.util.List.of(okhttp3.Protocol.HTTP_1_1))
            .readTimeout(0, TimeUnit.SECONDS)
            .retryOnConnectionFailure(false)
            .build();
    return (head, body, follows, millis) -> {
      OkHttpClient client =
          base.newBuilder()
              .followRedirects(follows)
              .followSslRedirects(follows)
              .callTimeout(millis, TimeUnit.MILLISECONDS)
              .build();
      Request.Builder request = new Request.Builder().url(head.url().toString());
      head.headers().forEach(field -> request.addHeader(field.name(), field.value()));
      boolean bare = head.method().equals("GET") || head.method().equals("DELETE");
      request.method(
          head.method(), body.length == 0 && bare ? null : RequestBody.create(body, null));
      okhttp3.Call call = client.newCall(request.build());
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                try (Response response = call.execute()) {
                  response.body().bytes();
                } catch (IOException e) {
                  // What the host makes of it is not the question.
                }
                done.complete(null);
              });
      reader.setDaemon(true);
      reader.start();
      return new Sent() {
        @Override
        public CompletableFuture<Void> done() {
          return done;
        }

        @Override
        public void drop() {
          call.cancel();
        }
      };
    };
  }
}

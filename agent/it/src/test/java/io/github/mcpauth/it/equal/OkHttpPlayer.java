package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.equal.GeneratedCall.End;
import io.github.mcpauth.it.equal.GeneratedCall.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import okhttp3.Authenticator;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Makes generated calls over OkHttp of whatever version is there. */
final class OkHttpPlayer implements EqualityProgram.Player {

  private static final Duration TIME = Duration.ofMillis(250);

  private final Announcements server;
  private final OkHttpClient base = new OkHttpClient();
  private final OkHttpBodies bodies = new OkHttpBodies();

  OkHttpPlayer(Announcements server) {
    this.server = server;
  }

  @Override
  public void play(GeneratedCall call, String origin, Notes notes) throws Exception {
    ConnectionPool pool = new ConnectionPool(5, 1, TimeUnit.MINUTES);
    OkHttpClient client = client(call, pool, notes);
    Request request = request(call, origin, notes);
    once(client, request, call, notes);
    if (call.again()) {
      once(client, request, call, notes);
    }
    pool.evictAll();
  }

  private OkHttpClient client(GeneratedCall call, ConnectionPool pool, Notes notes) {
    OkHttpClient.Builder client =
        base.newBuilder()
            .connectionPool(pool)
            .followRedirects(call.follows())
            .retryOnConnectionFailure(call.variant() % 4 != 0)
            .eventListener(new OkHttpEvents(call, notes));
    if (call.protocol() == Protocol.H2C) {
      client.protocols(List.of(okhttp3.Protocol.H2_PRIOR_KNOWLEDGE));
    }
    if (call.end() == End.TIMES_OUT && call.reachesTheLast()) {
      if (call.variant() % 2 == 0) {
        client.readTimeout(TIME);
      } else {
        client.callTimeout(TIME);
      }
    }
    if (call.answersChallenges()) {
      client.authenticator(login(notes));
    }
    if (call.keepsCookies()) {
      client.cookieJar(new Jar());
    }
    if (call.intercepts()) {
      OkHttpInterceptors.add(client, call, notes);
    }
    if (call.again() && call.variant() % 2 == 0) {
      client.cache(new Cache(Path.of("cache-" + call.seed()).toFile(), 1 << 20));
    }
    return client.build();
  }

  /** Answers a challenge once. */
  private static Authenticator login(Notes notes) {
    return (route, response) -> {
      notes.note("asked for " + response.challenges() + " after " + seen(response));
      return response.priorResponse() != null && response.priorResponse().code() == 401
          ? null
          : response
              .request()
              .newBuilder()
              .header("Authorization", Credentials.basic("alice", "wonderland"))
              .build();
    };
  }

  /** Keeps every cookie for every URL. */
  private static final class Jar implements CookieJar {
    private final List<Cookie> all = new ArrayList<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      all.addAll(cookies);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return List.copyOf(all);
    }
  }

  private Request request(GeneratedCall call, String origin, Notes notes) throws IOException {
    Request.Builder request =
        new Request.Builder()
            .url(origin + call.path())
            .method(call.method(), bodies.of(call, notes))
            .tag(String.class, "tag of the host");
    call.headers().forEach((name, values) -> values.forEach(each -> request.addHeader(name, each)));
    return request.build();
  }

  private void once(OkHttpClient client, Request request, GeneratedCall call, Notes notes)
      throws Exception {
    Call http = client.newCall(request);
    AtomicBoolean over = new AtomicBoolean();
    Thread ending = ending(http, call, over::get);
    try {
      if (call.async()) {
        enqueued(http, request, call, notes);
      } else {
        read(http.execute(), request, call, notes);
      }
    } catch (IOException | RuntimeException e) {
      notes.failed(e);
    }
    over.set(true);
    ending.join();
    notes.note("interrupted " + Thread.interrupted() + " cancelled " + http.isCanceled());
    notes.await("callEnd", "callFailed");
    notes.note("same request " + (http.request() == request) + " " + http.isExecuted());
  }

  private static void enqueued(Call http, Request request, GeneratedCall call, Notes notes)
      throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    http.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException why) {
            notes.thread("onFailure " + (failed == http));
            notes.failed(why);
            over.countDown();
          }

          @Override
          public void onResponse(Call answered, Response response) throws IOException {
            notes.thread("onResponse " + (answered == http));
            try {
              read(response, request, call, notes);
            } catch (IOException | RuntimeException e) {
              notes.failed(e);
            } finally {
              over.countDown();
            }
          }
        });
    over.await(20, TimeUnit.SECONDS);
  }

  /** What ends the call from elsewhere, after a while; nothing for most. */
  private Thread ending(Call http, GeneratedCall call, BooleanSupplier over) {
    Thread caller = Thread.currentThread();
    boolean cancels = call.end() == End.CANCELS || call.end() == End.CANCELS_DERIVED;
    Thread thread =
        new Thread(
            () -> {
              try {
                if ((cancels || call.end() == End.IS_INTERRUPTED) && server.awaitHang(over)) {
                  if (cancels) {
                    http.cancel();
                  } else {
                    caller.interrupt();
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  private static void read(Response response, Request request, GeneratedCall call, Notes notes)
      throws IOException {
    try (response) {
      for (Response each = response; each != null; each = each.priorResponse()) {
        notes.note("response " + seen(each) + " own " + (each.request() == request));
        notes.note("headers " + OkHttpBodies.text(each.headers()));
        notes.note("network " + seen(each.networkResponse()));
        notes.note("cache " + seen(each.cacheResponse()));
        notes.note(
            each.isRedirect()
                + " "
                + each.challenges()
                + " "
                + each.request().tag(String.class)
                + " "
                + (each.receivedResponseAtMillis() >= each.sentRequestAtMillis()));
      }
      notes.note("body " + response.body().contentType() + " " + response.body().contentLength());
      switch (call.end()) {
        case READS_IN_PART -> notes.body(response.body().source().readByteArray(5));
        case DISCARDS -> {}
        default -> {
          if (call.variant() % 3 == 0) {
            notes.body(response.peekBody(100).bytes());
          }
          notes.body(response.body().bytes());
        }
      }
    }
  }

  /** A response and its request, with the class of the request's body. */
  static String seen(Response response) {
    return response == null
        ? "none"
        : response
            + " "
            + OkHttpBodies.text(response.request().headers())
            + " "
            + OkHttpBodies.name(response.request().body());
  }
}

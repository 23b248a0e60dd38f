package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.equal.GeneratedCall.Content;
import io.github.mcpauth.it.equal.GeneratedCall.End;
import io.github.mcpauth.it.equal.GeneratedCall.Protocol;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Makes generated calls over java.net.http. */
final class JdkPlayer implements EqualityProgram.Player {

  private static final Duration TIME = Duration.ofMillis(250);
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private final Announcements server;
  private final JdkBodies bodies = new JdkBodies();
  private final ExecutorService own =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "own-executor");
            thread.setDaemon(true);
            return thread;
          });

  JdkPlayer(Announcements server) {
    this.server = server;
  }

  @Override
  public void play(GeneratedCall call, String origin, Notes notes) throws Exception {
    HttpClient client = client(call, notes);
    HttpRequest request = request(call, origin, notes);
    once(client, request, call, notes);
    if (call.again()) {
      once(client, request, call, notes);
    }
  }

  private HttpClient client(GeneratedCall call, Notes notes) {
    boolean over1 = call.protocol() == Protocol.HTTP_1_1;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(over1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .followRedirects(
                call.follows() ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER);
    if (call.answersChallenges()) {
      client.authenticator(new Login(notes));
    }
    if (call.keepsCookies()) {
      client.cookieHandler(new CookieManager());
    }
    if (call.intercepts()) {
      client.executor(own);
    }
    return client.build();
  }

  /** Answers challenges with a password, and tells of each. */
  private static final class Login extends Authenticator {
    private final Notes notes;

    Login(Notes notes) {
      this.notes = notes;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      notes.note("asked for " + getRequestingScheme() + " " + getRequestingPrompt());
      return new PasswordAuthentication("alice", "wonderland".toCharArray());
    }
  }

  private HttpRequest request(GeneratedCall call, String origin, Notes notes) throws Exception {
    BodyPublisher body = bodies.of(call, notes);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + call.path()))
            .timeout(call.end() == End.TIMES_OUT && call.reachesTheLast() ? TIME : AMPLE)
            .method(call.method(), call.content() == Content.NONE ? none(call) : body);
    call.headers().forEach((name, values) -> values.forEach(each -> request.header(name, each)));
    if (call.variant() % 16 == 0 && call.content() != Content.NONE) {
      request.expectContinue(false);
    }
    return request.build();
  }

  private static BodyPublisher none(GeneratedCall call) {
    return BodyPublishers.noBody();
  }

  private void once(HttpClient client, HttpRequest request, GeneratedCall call, Notes notes)
      throws Exception {
    JdkHandlers.Kind kind = JdkHandlers.of(call, notes);
    try {
      if (call.async()) {
        async(client, request, kind, call, notes);
      } else {
        sync(client, request, kind, call, notes);
      }
    } catch (ExecutionException e) {
      notes.note("through get()");
      notes.failed(e.getCause());
    } catch (CancellationException e) {
      notes.note("cancelled");
    } catch (Throwable e) {
      notes.failed(e);
    }
  }

  private void sync(
      HttpClient client,
      HttpRequest request,
      JdkHandlers.Kind kind,
      GeneratedCall call,
      Notes notes)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread interrupting = null;
    if (call.end() == End.IS_INTERRUPTED) {
      Thread caller = Thread.currentThread();
      interrupting =
          new Thread(
              () -> {
                if (hangs(over::get)) {
                  caller.interrupt();
                }
              });
      interrupting.start();
    }
    try {
      seen(client.send(request, kind.handler()), request, kind, notes);
    } finally {
      over.set(true);
      if (interrupting != null) {
        interrupting.join();
        notes.note("interrupted " + Thread.interrupted());
      }
    }
  }

  private void async(
      HttpClient client,
      HttpRequest request,
      JdkHandlers.Kind kind,
      GeneratedCall call,
      Notes notes)
      throws Exception {
    CompletableFuture<HttpResponse<Object>> future = client.sendAsync(request, kind.handler());
    CompletableFuture<?> derived = future.thenApply(HttpResponse::statusCode);
    boolean mayBeObtruded = mayBeObtruded(future);
    if ((call.end() == End.CANCELS || call.end() == End.CANCELS_DERIVED) && hangs(future::isDone)) {
      CompletableFuture<?> cancelled = call.end() == End.CANCELS ? future : derived;
      notes.onlyTheLastWord();
      cancelled.cancel(true);
      notes.lastWord("after cancel: " + outcome(cancelled));
      return;
    }
    HttpResponse<Object> response = future.get(20, TimeUnit.SECONDS);
    notes.note("derived " + derived.get(1, TimeUnit.SECONDS) + mayBeObtruded);
    seen(response, request, kind, notes);
  }

  /** Whether the future or the exchange is first to be cancelled is a race of the JDK's own. */
  private static String outcome(CompletableFuture<?> future) throws Exception {
    try {
      return String.valueOf(future.get(5, TimeUnit.SECONDS));
    } catch (CancellationException e) {
      return "cancelled";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause instanceof CancellationException ? "cancelled" : cause.toString();
    }
  }

  private static boolean mayBeObtruded(CompletableFuture<?> future) {
    try {
      future.obtrudeException(new IllegalStateException("obtruded"));
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private boolean hangs(BooleanSupplier over) {
    try {
      return server.awaitHang(over);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void seen(
      HttpResponse<Object> response, HttpRequest request, JdkHandlers.Kind kind, Notes notes)
      throws Exception {
    HttpResponse<?> each = response;
    while (each != null) {
      notes.note(each + " " + each.statusCode() + " " + each.version() + " " + each.uri());
      notes.note("headers " + each.headers().map());
      HttpRequest asked = each.request();
      notes.note(
          "asked by "
              + asked
              + " "
              + asked.headers().map()
              + " "
              + asked.timeout()
              + asked.version()
              + asked.expectContinue()
              + " own="
              + (asked == request)
              + " equal="
              + asked.equals(request)
              + " body="
              + asked.bodyPublisher().equals(request.bodyPublisher())
              + asked.bodyPublisher().isPresent());
      each = each.previousResponse().orElse(null);
    }
    kind.read(response.body(), notes);
  }
}

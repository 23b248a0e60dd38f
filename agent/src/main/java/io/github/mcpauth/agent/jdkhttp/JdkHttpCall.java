package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.HttpClientCall;
import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call of java.net.http: {@link Outgoing} requests become {@link Attempt}s, which a {@link
 * Sender} sends, and the last becomes the host's response by {@link Delivery}.
 */
final class JdkHttpCall<T> implements HttpClientCall<Attempt<T>, HttpResponse<T>> {

  private final HttpCall call;
  private final Sender<T> sender;
  private final HttpRequest hostRequest;
  private final BodyHandler<T> handler;
  private final Guard guard;
  private final Outgoing outgoing;

  /** The response to the host's request, once it was given up for one of a fix's own. */
  private volatile @Nullable HttpResponse<T> hosts;

  JdkHttpCall(
      HttpCall call, Sender<T> sender, HttpRequest request, BodyHandler<T> handler, Guard guard) {
    this.call = call;
    this.sender = sender;
    this.hostRequest = request;
    this.handler = handler;
    this.guard = guard;
    this.outgoing = new Outgoing(call, request, guard);
  }

  @Override
  public @Nullable Duration timeout() {
    return hostRequest.timeout().orElse(null);
  }

  /** An interrupt comes as an exception, and cancelling by the future. */
  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Attempt<T> first(RequestDecision decision, @Nullable Duration left) {
    return attempt(outgoing.first(decision, left), false);
  }

  @Override
  public @Nullable Attempt<T> replay(
      Attempt<T> before,
      HttpResponse<T> response,
      ResponseDecision.Replay replay,
      @Nullable Duration left) {
    try {
      Attempt<T> next = attempt(outgoing.replayed(replay, left), replay.own());
      hosts = before.isOwn() ? hosts : response;
      return next;
    } catch (IllegalArgumentException e) {
      return null; // A URL that this client does not take, e.g. a host with an underscore.
    }
  }

  private Attempt<T> attempt(HttpRequest request, boolean own) {
    return new Attempt<>(call, request, handler, guard, own);
  }

  @Override
  public HttpResponse<T> send(Attempt<T> attempt) throws IOException, InterruptedException {
    return sender(attempt).send(attempt.request(), attempt, attempt.track());
  }

  @Override
  public CompletableFuture<HttpResponse<T>> sendAsync(Attempt<T> attempt) {
    return sender(attempt).sendAsync(attempt.request(), attempt, attempt.track());
  }

  private Sender<T> sender(Attempt<T> attempt) {
    URI url = attempt.request().uri();
    Origin home = Origin.of(hostRequest.uri());
    boolean isHome = url.equals(hostRequest.uri()) || (home != null && home.contains(url));
    boolean looks = attempt.isOwn() && attempt.request().method().equals("GET");
    return isHome && !looks ? sender : sender.withoutCredentials(url);
  }

  @Override
  public ResponseDecision.@Nullable Replay replayDue(Attempt<T> attempt) {
    return attempt.replay();
  }

  @Override
  public HttpResponse<T> delivered(Attempt<T> attempt, HttpResponse<T> response) {
    return new Delivery<>(hostRequest, handler).seen(attempt, response, real(attempt, response));
  }

  /** Where an answer to the host's request came from. */
  private HttpResponse<T> real(Attempt<T> attempt, HttpResponse<T> response) {
    HttpResponse<T> known = hosts;
    return attempt.isOwn() && known != null ? known : response;
  }

  @Override
  public CompletionStage<HttpResponse<T>> firstAnswer(
      Attempt<T> attempt, HttpResponse<T> response, ResponseDecision decision) {
    return new Delivery<>(hostRequest, handler)
        .firstAnswer(attempt, real(attempt, response), decision);
  }

  @Override
  public CompletionStage<HttpResponse<T>> answer(RequestDecision.Answer answer) {
    return new Delivery<>(hostRequest, handler).fromMemory(answer.response(), answer.body(), null);
  }
}

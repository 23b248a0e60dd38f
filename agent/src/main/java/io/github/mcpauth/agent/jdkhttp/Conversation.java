package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.Call;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.rules.fix.RequestDecision;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one call of the host: {@link Outgoing} requests become {@link Attempt}s, one after
 * the other while a fix replays, and the last becomes the host's response by {@link Delivery}. What
 * the client throws, the host gets; a replay that fails gives it the first answer.
 */
final class Conversation<T> {

  private static final int MOST_REPLAYS = 12;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Call call;
  private final Sender<T> sender;
  private final HttpRequest hostRequest;
  private final BodyHandler<T> handler;
  private final Guard guard;
  private final Outgoing outgoing;

  Conversation(
      Call call, Sender<T> sender, HttpRequest request, BodyHandler<T> handler, Guard guard) {
    this.call = call;
    this.sender = sender;
    this.hostRequest = request;
    this.handler = handler;
    this.guard = guard;
    this.outgoing = new Outgoing(call, request, guard);
  }

  /** As {@code HttpClient.send}, its checked exceptions included. */
  HttpResponse<T> sync() {
    RequestDecision first = call.beforeSend();
    RequestDecision decision = settled(first);
    if (decision instanceof RequestDecision.Answer answer) {
      return join(delivery().fromMemory(answer.response(), answer.body(), null));
    }
    HttpRequest request = outgoing.first(decision, decision != first);
    Attempt<T> attempt = attempt(request);
    HttpResponse<T> response;
    try {
      response = sender.send(request, attempt, attempt.track());
    } catch (Throwable t) {
      ended(t);
      throw sneaky(t);
    }
    for (int replays = 0; attempt.replay() != null; replays++) {
      HttpRequest next = replays < MOST_REPLAYS ? outgoing.replayed(attempt.replay()) : null;
      if (next == null) {
        return join(delivery().firstAnswer(attempt, response));
      }
      Attempt<T> again = attempt(next);
      try {
        response = sender.send(next, again, again.track());
        attempt = again;
      } catch (IOException | RuntimeException e) {
        ended(e);
        return join(delivery().firstAnswer(attempt, response));
      } catch (InterruptedException e) {
        call.cancelled();
        throw sneaky(e);
      }
    }
    return seen(attempt, response);
  }

  /** As {@code HttpClient.sendAsync}. */
  CompletableFuture<HttpResponse<T>> async() {
    RequestDecision decision = call.beforeSend();
    RelayFuture.Relay relay = new RelayFuture.Relay();
    RelayFuture<HttpResponse<T>> result = new RelayFuture<>(relay);
    if (decision instanceof RequestDecision.Wait wait) {
      patient(wait)
          .thenAccept(
              settled -> {
                if (!result.isDone()) {
                  start(settled, true, result, relay);
                }
              });
    } else {
      start(decision, false, result, relay);
    }
    return result;
  }

  private void start(
      RequestDecision decision,
      boolean waited,
      RelayFuture<HttpResponse<T>> result,
      RelayFuture.Relay relay) {
    if (decision instanceof RequestDecision.Answer answer) {
      relayed(delivery().fromMemory(answer.response(), answer.body(), null), result);
      return;
    }
    HttpRequest request = outgoing.first(decision, waited);
    Attempt<T> attempt = attempt(request);
    CompletableFuture<HttpResponse<T>> sent;
    try {
      sent = sender.sendAsync(request, attempt, attempt.track());
    } catch (Throwable t) {
      ended(t);
      throw sneaky(t);
    }
    relay.to(sent);
    sent.whenComplete((response, error) -> arrived(attempt, response, error, result, relay, 0));
  }

  /** What another request decides, at the latest when the host's own time is over. */
  private CompletableFuture<RequestDecision> patient(RequestDecision.Wait wait) {
    Duration longest = hostRequest.timeout().orElse(LONGEST_WAIT);
    return wait.decision()
        .copy()
        .completeOnTimeout(
            RequestDecision.SEND_AS_IS, longest.toMillis() / 2, TimeUnit.MILLISECONDS)
        .exceptionally(error -> RequestDecision.SEND_AS_IS);
  }

  /** The host's thread waits here as it would for an answer: it can be interrupted. */
  private RequestDecision settled(RequestDecision decision) {
    try {
      return decision instanceof RequestDecision.Wait wait ? patient(wait).get() : decision;
    } catch (InterruptedException e) {
      call.cancelled();
      throw sneaky(e);
    } catch (ExecutionException e) {
      return RequestDecision.SEND_AS_IS;
    }
  }

  private void arrived(
      Attempt<T> attempt,
      HttpResponse<T> response,
      @Nullable Throwable error,
      RelayFuture<HttpResponse<T>> result,
      RelayFuture.Relay relay,
      int replays) {
    if (error != null) {
      ended(error);
      result.completeExceptionally(error);
    } else if (attempt.replay() == null) {
      result.complete(seen(attempt, response));
    } else {
      replay(attempt, response, result, relay, replays);
    }
  }

  private void replay(
      Attempt<T> attempt,
      HttpResponse<T> response,
      RelayFuture<HttpResponse<T>> result,
      RelayFuture.Relay relay,
      int replays) {
    HttpRequest next =
        replays < MOST_REPLAYS && !relay.isCancelled() && !result.isDone()
            ? outgoing.replayed(attempt.replay())
            : null;
    if (next == null) {
      relayed(delivery().firstAnswer(attempt, response), result);
      return;
    }
    Attempt<T> again = attempt(next);
    CompletableFuture<HttpResponse<T>> sent;
    try {
      sent = sender.sendAsync(next, again, again.track());
    } catch (Throwable t) {
      ended(t);
      relayed(delivery().firstAnswer(attempt, response), result);
      return;
    }
    relay.to(sent);
    sent.whenComplete(
        (answer, error) -> {
          if (error == null || relay.isCancelled()) {
            arrived(again, answer, error, result, relay, replays + 1);
          } else {
            ended(error);
            relayed(delivery().firstAnswer(attempt, response), result);
          }
        });
  }

  /** As a rule the client's own response is the one that the host asked for. */
  private HttpResponse<T> seen(Attempt<T> attempt, HttpResponse<T> response) {
    return attempt.shown() == null && attempt.request() == hostRequest
        ? response
        : delivery().seen(attempt, response);
  }

  private Delivery<T> delivery() {
    return new Delivery<>(hostRequest, handler);
  }

  private Attempt<T> attempt(HttpRequest request) {
    return new Attempt<>(call, request, handler, guard);
  }

  private static <V> void relayed(CompletableFuture<V> from, CompletableFuture<V> to) {
    from.whenComplete(
        (value, error) -> {
          if (error == null) {
            to.complete(value);
          } else {
            to.completeExceptionally(error);
          }
        });
  }

  private void ended(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof CancellationException || cause instanceof InterruptedException) {
      call.cancelled();
    } else {
      call.failed(error);
    }
  }

  private static <V> V join(CompletableFuture<V> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw sneaky(cause == null ? e : cause);
    }
  }

  /** Throws what the client threw, checked or not, as the woven method would. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}

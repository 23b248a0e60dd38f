package io.github.mcpauth.agent.exchange;

import io.github.mcpauth.rules.fix.RequestDecision;
import io.github.mcpauth.rules.fix.ResponseDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a call of the host, for every client and in both ways: one attempt after the other
 * while a fix replays. What the client throws at the first attempt, the host gets; a replay that
 * fails gives it the first answer.
 *
 * <p>The limits, the same for all clients:
 *
 * <ul>
 *   <li>a request that waits for what another one brings waits for half of the host's time-out, or
 *       15 s where it set none, and goes out as it is after that;
 *   <li>no replay starts once the host's time-out is over, and each has what is left of it;
 *   <li>at most 12 replays.
 * </ul>
 *
 * A client's time-out is the one for the whole call, and where only one for reading is set, that.
 */
public final class HttpCallExecution<A, R> {

  private static final int MOST_REPLAYS = 12;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(50);

  private final HttpCall call;
  private final HttpClientCall<A, R> client;
  private final Guard guard;
  private final long startedNanos = System.nanoTime();

  public HttpCallExecution(HttpCall call, HttpClientCall<A, R> client, Guard guard) {
    this.call = call;
    this.client = client;
    this.guard = guard;
  }

  /** On the host's thread, which can be interrupted as it could without us. */
  public R execute() throws IOException, InterruptedException {
    RequestDecision first = call.beforeSend();
    RequestDecision decision = settled(first);
    if (decision instanceof RequestDecision.Answer answer) {
      call.served(answer);
      return joined(client.answer(answer));
    }
    A attempt = client.first(decision, decision == first ? null : left());
    R response;
    try {
      response = client.send(attempt);
    } catch (Throwable t) {
      ended(t);
      throw t;
    }
    int replays = 0;
    while (client.replayDue(attempt) != null) {
      A next = next(attempt, response, replays++);
      if (next == null) {
        call.notReplaying();
        return joined(firstAnswer(attempt, response));
      }
      try {
        response = client.send(next);
        attempt = next;
      } catch (IOException | RuntimeException e) {
        ended(e);
        if (client.isCancelled() || mayHaveRun(attempt, e)) {
          throw e;
        }
        return joined(firstAnswer(attempt, response));
      } catch (Error | InterruptedException e) {
        ended(e);
        throw e;
      }
    }
    return client.delivered(attempt, response);
  }

  /** Cancelling the future, or one derived from it, cancels the attempt under way. */
  public CompletableFuture<R> executeAsync() {
    CancellableFuture.Running running = new CancellableFuture.Running();
    CancellableFuture<R> result = new CancellableFuture<>(running);
    RequestDecision decision = call.beforeSend();
    if (decision instanceof RequestDecision.Wait wait) {
      patient(wait)
          .thenAccept(
              settled -> {
                try {
                  if (!result.isDone()) {
                    start(settled, left(), result, running);
                  }
                } catch (Throwable t) {
                  result.completeExceptionally(t);
                }
              });
    } else {
      start(decision, null, result, running);
    }
    return result;
  }

  private void start(
      RequestDecision decision,
      @Nullable Duration left,
      CancellableFuture<R> result,
      CancellableFuture.Running running) {
    if (decision instanceof RequestDecision.Answer answer) {
      call.served(answer);
      relayed(client.answer(answer), result);
      return;
    }
    A attempt = client.first(decision, left);
    CompletableFuture<R> sent;
    try {
      sent = client.sendAsync(attempt);
    } catch (Throwable t) {
      ended(t);
      throw t;
    }
    running.now(sent);
    sent.whenComplete(
        (response, error) -> {
          if (error == null) {
            arrived(attempt, response, result, running, 0);
          } else {
            ended(error);
            result.completeExceptionally(error);
          }
        });
  }

  private void arrived(
      A attempt,
      R response,
      CancellableFuture<R> result,
      CancellableFuture.Running running,
      int replays) {
    try {
      if (client.replayDue(attempt) == null) {
        result.complete(client.delivered(attempt, response));
        return;
      }
      A next = result.isDone() ? null : next(attempt, response, replays);
      if (next == null) {
        call.notReplaying();
        relayed(firstAnswer(attempt, response), result);
        return;
      }
      CompletableFuture<R> sent;
      try {
        sent = client.sendAsync(next);
      } catch (RuntimeException e) {
        sent = CompletableFuture.failedFuture(e);
      }
      running.now(sent);
      sent.whenComplete(
          (again, error) -> {
            if (error == null) {
              arrived(next, again, result, running, replays + 1);
            } else {
              ended(error);
              if (running.isCancelled() || mayHaveRun(attempt, error)) {
                result.completeExceptionally(error);
              } else {
                relayed(firstAnswer(attempt, response), result);
              }
            }
          });
    } catch (Throwable t) {
      result.completeExceptionally(t);
    }
  }

  /** Whether what was sent after this attempt may have had its effect before it failed. */
  private boolean mayHaveRun(A attempt, Throwable error) {
    ResponseDecision.Replay replay = client.replayDue(attempt);
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return replay != null
        && replay.mayAct()
        && cause instanceof IOException
        && Failures.of(error).mayHaveArrived();
  }

  /** The next attempt, or null where the host gets what it has. */
  private @Nullable A next(A attempt, R response, int replays) {
    Duration left = left();
    boolean over = left != null && (left.isNegative() || left.isZero());
    ResponseDecision.Replay replay = client.replayDue(attempt);
    if (replay == null || replays >= MOST_REPLAYS || over || client.isCancelled()) {
      return null;
    }
    try {
      A next = client.replay(attempt, response, replay, left);
      if (next != null) {
        call.replaying(replay);
      }
      return next;
    } catch (Throwable t) {
      guard.failed("replay", t);
      return null;
    }
  }

  private CompletionStage<R> firstAnswer(A attempt, R response) {
    ResponseDecision.Replay replay = client.replayDue(attempt);
    return client.firstAnswer(
        attempt, response, replay == null ? ResponseDecision.DELIVER_AS_IS : replay.onFailure());
  }

  /** Waits as the host would wait for an answer. */
  private RequestDecision settled(RequestDecision decision) throws InterruptedException {
    if (!(decision instanceof RequestDecision.Wait wait)) {
      return decision;
    }
    long end = startedNanos + longestWait().toNanos();
    // Nobody wakes this thread when the host cancels a call of OkHttp.
    while (!client.isCancelled() && System.nanoTime() - end < 0) {
      try {
        return wait.decision().get(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        continue;
      } catch (ExecutionException | CancellationException e) {
        return RequestDecision.SEND_AS_IS;
      } catch (InterruptedException e) {
        call.cancelled();
        throw e;
      }
    }
    return RequestDecision.SEND_AS_IS; // The client throws, where the call was cancelled.
  }

  private CompletableFuture<RequestDecision> patient(RequestDecision.Wait wait) {
    return wait.decision()
        .copy()
        .completeOnTimeout(
            RequestDecision.SEND_AS_IS, longestWait().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(error -> RequestDecision.SEND_AS_IS);
  }

  private Duration longestWait() {
    Duration timeout = client.timeout();
    return timeout == null ? LONGEST_WAIT : timeout.dividedBy(2);
  }

  private @Nullable Duration left() {
    Duration timeout = client.timeout();
    return timeout == null ? null : timeout.minusNanos(System.nanoTime() - startedNanos);
  }

  private void ended(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    boolean cancelled =
        cause instanceof CancellationException || cause instanceof InterruptedException;
    if (cancelled || client.isCancelled()) {
      call.cancelled();
    } else {
      call.failed(error);
    }
  }

  private static <V> void relayed(CompletionStage<V> from, CompletableFuture<V> to) {
    from.whenComplete(
        (value, error) -> {
          if (error == null) {
            to.complete(value);
          } else {
            to.completeExceptionally(error);
          }
        });
  }

  private static <V> V joined(CompletionStage<V> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw HttpCallExecution.<RuntimeException>sneaky(cause == null ? e : cause);
    }
  }

  /** Throws what the host's body handler threw, checked or not, as its client would. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E sneaky(Throwable error) throws E {
    throw (E) error;
  }
}

package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.rules.fix.ResponseDecision;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects a short body before the host's handler is applied, because the decision needs it or a
 * replay is due. A body beyond the limit is delivered after all, its start first, and never
 * replayed: what was not kept could not be given back.
 */
final class WaitingSubscriber<T> implements BodySubscriber<T> {

  private final Attempt<T> attempt;
  private final ResponseInfo info;
  private final @Nullable ResponseDecision known;
  private final int limit;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<T> body = new CompletableFuture<>();
  private @Nullable Subscription upstream;
  private volatile @Nullable BodySubscriber<T> host;

  /**
   * @param known the decision, where only the body is still to be kept; else null
   */
  WaitingSubscriber(
      Attempt<T> attempt, ResponseInfo info, @Nullable ResponseDecision known, int limit) {
    this.attempt = attempt;
    this.info = info;
    this.known = known;
    this.limit = limit;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    BodySubscriber<T> taker = host;
    if (taker != null) {
      taker.onNext(buffers);
      return;
    }
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      collected.writeBytes(bytes);
    }
    Subscription subscription = upstream;
    if (collected.size() > limit) {
      decided(false);
    } else if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onComplete() {
    BodySubscriber<T> taker = host;
    if (taker != null) {
      taker.onComplete();
    } else {
      decided(true);
    }
  }

  @Override
  public void onError(Throwable error) {
    BodySubscriber<T> taker = host;
    if (taker != null) {
      taker.onError(error);
    } else {
      body.completeExceptionally(error);
    }
  }

  private void decided(boolean complete) {
    byte[] bytes = collected.toByteArray();
    ResponseDecision decision =
        known == null
            ? attempt.decide(complete ? bytes : head(bytes), bytes.length, complete)
            : known;
    if (decision instanceof ResponseDecision.Replay replay) {
      if (complete) {
        attempt.replayInstead(replay, bytes);
        body.complete(null);
        return;
      }
      decision = ResponseDecision.DELIVER_AS_IS;
    }
    deliver(decision, bytes, complete);
  }

  private byte[] head(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.min(limit, bytes.length));
  }

  private void deliver(ResponseDecision decision, byte[] bytes, boolean complete) {
    try {
      BodySubscriber<T> taker = attempt.subscriber(info, decision);
      taker
          .getBody()
          .whenComplete(
              (value, error) -> {
                if (error == null) {
                  body.complete(value);
                } else {
                  body.completeExceptionally(error);
                }
              });
      Subscription rest = upstream;
      if (decision instanceof ResponseDecision.Answer answer) {
        if (!complete && rest != null) {
          rest.cancel();
        }
        PrefixedBody.whole(answer.body()).feed(taker);
      } else if (complete || rest == null) {
        PrefixedBody.whole(bytes).feed(taker);
      } else {
        host = taker;
        PrefixedBody.before(rest, bytes).feed(taker);
      }
    } catch (Throwable t) { // The host's handler threw: that is the call's outcome without us, too.
      body.completeExceptionally(t);
    }
  }
}

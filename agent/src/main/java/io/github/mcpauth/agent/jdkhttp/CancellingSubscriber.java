package io.github.mcpauth.agent.jdkhttp;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Breaks a body off that nobody reads, and completes with nothing. */
final class CancellingSubscriber<T> implements BodySubscriber<T> {

  private final CompletableFuture<T> body = new CompletableFuture<>();

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  @SuppressWarnings("NullAway") // The host never sees this response.
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
    body.complete(null);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}
}

package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The host's body subscriber with a tap before it: the same buffers, untouched, the same demand,
 * the same moments.
 */
final class TappedSubscriber<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> host;
  private final BodyTap tap;

  TappedSubscriber(BodySubscriber<T> host, BodyTap tap) {
    this.host = host;
    this.tap = tap;
  }

  @Override
  public CompletionStage<T> getBody() {
    return host.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    host.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            subscription.request(n);
          }

          @Override
          public void cancel() {
            tap.cancelled();
            subscription.cancel();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      tap.bytes(buffers.get(i));
    }
    host.onNext(buffers);
  }

  @Override
  public void onError(Throwable error) {
    tap.failed(error);
    host.onError(error);
  }

  @Override
  public void onComplete() {
    tap.end(); // First: what the body says must be known before the host acts on it.
    host.onComplete();
  }
}

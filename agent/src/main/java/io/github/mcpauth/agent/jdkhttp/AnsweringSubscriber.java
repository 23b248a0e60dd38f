package io.github.mcpauth.agent.jdkhttp;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Gives the host an answer from memory, and discards the body that came. */
final class AnsweringSubscriber<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> host;
  private final byte[] answer;

  AnsweringSubscriber(BodySubscriber<T> host, byte[] answer) {
    this.host = host;
    this.answer = answer;
  }

  @Override
  public CompletionStage<T> getBody() {
    return host.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
    PrefixedBody.whole(answer).feed(host);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    // Read to its end, so that the connection can be used again.
  }

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}
}

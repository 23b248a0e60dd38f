package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.BodyTap;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The host's request body with a tap on it, for bodies that cannot be read beforehand. */
final class TappedPublisher implements BodyPublisher {

  private final BodyPublisher host;
  private final BodyTap tap;

  TappedPublisher(BodyPublisher host, BodyTap tap) {
    this.host = host;
    this.tap = tap;
  }

  /** Whether a request has a tap of ours on its body. */
  static boolean isOf(HttpRequest request) {
    return request.bodyPublisher().orElse(null) instanceof TappedPublisher;
  }

  BodyPublisher host() {
    return host;
  }

  @Override
  public long contentLength() {
    return host.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> client) {
    host.subscribe(
        new Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            client.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            tap.bytes(buffer);
            client.onNext(buffer);
          }

          @Override
          public void onError(Throwable error) {
            tap.failed(error);
            client.onError(error);
          }

          @Override
          public void onComplete() {
            tap.end();
            client.onComplete();
          }
        });
  }
}

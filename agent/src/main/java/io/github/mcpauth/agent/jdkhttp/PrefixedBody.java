package io.github.mcpauth.agent.jdkhttp;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are there already, followed by a body that is still coming, as one subscription with
 * the demand of whoever takes it.
 */
final class PrefixedBody implements Subscription {

  private final byte[] prefix;
  private final @Nullable Subscription rest;
  private @Nullable BodySubscriber<?> taker;
  private boolean prefixGiven;
  private boolean over;
  private boolean subscribing;
  private long asked;

  private PrefixedBody(byte[] prefix, @Nullable Subscription rest) {
    this.prefix = prefix;
    this.rest = rest;
    this.prefixGiven = prefix.length == 0;
  }

  /** A body of which nothing is to come. */
  static PrefixedBody whole(byte[] bytes) {
    return new PrefixedBody(bytes, null);
  }

  static PrefixedBody before(Subscription rest, byte[] prefix) {
    return new PrefixedBody(prefix, rest);
  }

  void feed(BodySubscriber<?> subscriber) {
    taker = subscriber;
    subscribing = true;
    subscriber.onSubscribe(this);
    long demand;
    synchronized (this) {
      subscribing = false;
      demand = asked;
    }
    if (demand > 0) {
      request(demand);
    }
    complete();
  }

  @Override
  public void request(long n) {
    BodySubscriber<?> subscriber = taker;
    long wanted = n;
    boolean givesPrefix;
    synchronized (this) {
      if (over || subscriber == null) {
        return;
      }
      if (subscribing && n > 0) {
        // Later: a subscriber to lines, for one, would take an end from within as too early a one.
        asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
        return;
      }
      givesPrefix = !prefixGiven && n > 0;
      if (givesPrefix) {
        prefixGiven = true;
        wanted = n == Long.MAX_VALUE ? n : n - 1;
      }
    }
    if (givesPrefix) {
      subscriber.onNext(List.of(ByteBuffer.wrap(prefix).asReadOnlyBuffer()));
      complete();
    }
    if (rest != null && (wanted > 0 || n <= 0)) {
      rest.request(wanted);
    }
  }

  private void complete() {
    BodySubscriber<?> subscriber = taker;
    synchronized (this) {
      if (over || rest != null || !prefixGiven) {
        return;
      }
      over = true;
    }
    if (subscriber != null) {
      subscriber.onComplete();
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      over = true;
    }
    if (rest != null) {
      rest.cancel();
    }
  }
}

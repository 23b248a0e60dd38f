package io.github.mcpauth.agent.jdkhttp;

import io.github.mcpauth.agent.exchange.HttpCalls;
import io.github.mcpauth.rules.http.Body;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads request bodies that lie in memory, by a second subscription that the host cannot notice.
 */
final class Bodies {

  private static final Body UNKNOWN = new Body(new byte[0], 0, false);

  static Body peek(HttpRequest request) {
    BodyPublisher publisher = request.bodyPublisher().orElse(null);
    if (publisher == null || publisher.contentLength() == 0) {
      return Body.NONE;
    }
    String type = publisher.getClass().getName();
    boolean inMemory = type.endsWith("$ByteArrayPublisher") || type.endsWith("$StringPublisher");
    boolean jdk = type.startsWith("jdk.internal.net.http.RequestPublishers");
    if (!jdk || !inMemory || publisher.contentLength() > HttpCalls.MOST_READ_AHEAD) {
      return UNKNOWN;
    }
    Reader reader = new Reader((int) publisher.contentLength());
    publisher.subscribe(reader);
    return reader.isComplete() ? Body.of(reader.bytes) : UNKNOWN;
  }

  /** Collects what a publisher in memory hands over within {@code subscribe}. */
  private static final class Reader implements Subscriber<ByteBuffer> {
    final byte[] bytes;
    private int length;
    private boolean ended;

    Reader(int length) {
      this.bytes = new byte[length];
    }

    boolean isComplete() {
      return ended && length == bytes.length;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      int part = buffer.remaining();
      buffer.duplicate().get(bytes, length, part);
      length += part;
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {
      ended = true;
    }
  }

  private Bodies() {}
}

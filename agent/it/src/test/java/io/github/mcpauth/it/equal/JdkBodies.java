package io.github.mcpauth.it.equal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Each way to give java.net.http a request's body. */
final class JdkBodies {

  private final Path file = Path.of("body.json");

  BodyPublisher of(GeneratedCall call, Notes notes) throws IOException {
    byte[] bytes = call.text().getBytes(StandardCharsets.UTF_8);
    return switch (call.content()) {
      case NONE -> BodyPublishers.noBody();
      case TEXT, FORM -> BodyPublishers.ofString(call.text());
      case BYTES -> BodyPublishers.ofByteArray(bytes);
      case SEVERAL -> BodyPublishers.ofByteArrays(halves(bytes));
      case FILE -> BodyPublishers.ofFile(Files.write(file, bytes));
      case OWN -> BodyPublishers.fromPublisher(new Source(bytes, notes, false), bytes.length);
      case ONE_SHOT -> new Source(bytes, notes, true).once(bytes.length);
      case UNKNOWN_LENGTH ->
          call.variant() % 2 == 0
              ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
              : BodyPublishers.fromPublisher(new Source(bytes, notes, false));
      case BREAKS_OFF ->
          BodyPublishers.fromPublisher(
              new Source(bytes, notes, false).breaking(), bytes.length + 10L);
    };
  }

  private static List<byte[]> halves(byte[] bytes) {
    int half = bytes.length / 2;
    return List.of(
        java.util.Arrays.copyOf(bytes, half),
        java.util.Arrays.copyOfRange(bytes, half, bytes.length));
  }

  /** Hands over pieces as they are asked for, and tells of who subscribes. */
  private static final class Source implements Publisher<ByteBuffer> {
    private static final int PIECE = 3_000;

    private final byte[] bytes;
    private final Notes notes;
    private final boolean onlyOnce;
    private boolean breaks;
    private boolean subscribed;

    Source(byte[] bytes, Notes notes, boolean onlyOnce) {
      this.bytes = bytes;
      this.notes = notes;
      this.onlyOnce = onlyOnce;
    }

    Source breaking() {
      breaks = true;
      return this;
    }

    /** A publisher of the host's own class, with a length. */
    BodyPublisher once(long length) {
      Source source = this;
      return new BodyPublisher() {
        @Override
        public long contentLength() {
          return length;
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
          source.subscribe(subscriber);
        }
      };
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      notes.note("body subscribed to");
      List<ByteBuffer> pieces = new ArrayList<>();
      for (int i = 0; i < bytes.length; i += PIECE) {
        pieces.add(ByteBuffer.wrap(bytes, i, Math.min(PIECE, bytes.length - i)));
      }
      boolean gone = onlyOnce && subscribed;
      subscribed = true;
      subscriber.onSubscribe(
          new Subscription() {
            private int next;
            private boolean over;

            @Override
            public synchronized void request(long n) {
              if (gone && !over) {
                over = true;
                subscriber.onError(new IOException("the body is gone"));
              }
              for (long i = 0; i < n && !over; i++) {
                give();
              }
            }

            private void give() {
              if (next < pieces.size()) {
                subscriber.onNext(pieces.get(next++));
              }
              if (next == pieces.size() && !over) {
                over = true;
                if (breaks) {
                  subscriber.onError(new IOException("the body broke off"));
                } else {
                  subscriber.onComplete();
                }
              }
            }

            @Override
            public synchronized void cancel() {
              over = true;
            }
          });
    }
  }
}

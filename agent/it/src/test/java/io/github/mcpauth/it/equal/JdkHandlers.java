package io.github.mcpauth.it.equal;

import io.github.mcpauth.it.equal.GeneratedCall.End;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each way to take the body of an answer of java.net.http. */
final class JdkHandlers {

  /** A handler, and what a host does with the body that it makes. */
  record Kind(BodyHandler<Object> handler, End end) {

    void read(Object body, Notes notes) throws IOException {
      if (body instanceof InputStream stream) {
        try (stream) {
          boolean all = end != End.READS_IN_PART;
          notes.body(all ? stream.readAllBytes() : stream.readNBytes(5));
        }
      } else if (body instanceof Stream<?> lines) {
        notes.note(
            "lines " + lines.map(String::valueOf).collect(Collectors.joining("|")).hashCode());
      } else if (body instanceof byte[] bytes) {
        notes.body(bytes);
      } else if (body instanceof Path path) {
        notes.body(Files.readAllBytes(path));
      } else {
        notes.body(String.valueOf(body).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  static Kind of(GeneratedCall call, Notes notes) {
    BodyHandler<?> handler =
        switch (call.end()) {
          case READS_IN_PART -> BodyHandlers.ofInputStream();
          case DISCARDS ->
              call.variant() % 2 == 0 ? BodyHandlers.discarding() : BodyHandlers.replacing("other");
          case FAILS -> failing(call);
          default -> reading(call, notes);
        };
    return kind(handler, call.end());
  }

  @SuppressWarnings("unchecked")
  private static Kind kind(BodyHandler<?> handler, End end) {
    return new Kind((BodyHandler<Object>) handler, end);
  }

  private static BodyHandler<?> reading(GeneratedCall call, Notes notes) {
    return switch (call.variant() % 8) {
      case 0 -> BodyHandlers.ofByteArray();
      case 1 -> BodyHandlers.ofInputStream();
      case 2 -> BodyHandlers.ofLines();
      case 3 -> BodyHandlers.ofFile(Path.of("answer-" + call.seed()));
      case 4 -> BodyHandlers.buffering(BodyHandlers.ofString(), 1000);
      case 5, 6 -> watching(notes);
      default -> BodyHandlers.ofString();
    };
  }

  private static BodyHandler<byte[]> watching(Notes notes) {
    return info -> new Watching<>(info, BodySubscribers.ofByteArray(), notes);
  }

  private static BodyHandler<?> failing(GeneratedCall call) {
    return switch (call.variant() % 3) {
      case 0 ->
          info -> {
            throw new IllegalStateException("the handler failed");
          };
      case 1 ->
          info ->
              BodySubscribers.mapping(
                  BodySubscribers.ofByteArray(),
                  bytes -> {
                    throw new IllegalStateException("the mapping failed");
                  });
      // Without a subscriber later JDKs hang, with or without an agent.
      default -> Runtime.version().feature() == 17 ? info -> null : info -> new Broken();
    };
  }

  /** Fails as soon as it is asked for anything. */
  private static final class Broken implements BodySubscriber<Object> {
    @Override
    public CompletionStage<Object> getBody() {
      throw new IllegalStateException("the subscriber has no body");
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  /** Tells of all that a subscriber is told, in order; it is asked for its body at any time. */
  private static final class Watching<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private final Notes notes;

    Watching(ResponseInfo info, BodySubscriber<T> body, Notes notes) {
      this.body = body;
      this.notes = notes;
      notes.note(
          "handler " + info.statusCode() + " " + info.version() + " " + info.headers().map());
    }

    @Override
    public CompletionStage<T> getBody() {
      return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      notes.note("onSubscribe");
      body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      buffers.forEach(buffer -> notes.bytes("answer", buffer));
      if (!buffers.stream().allMatch(ByteBuffer::isReadOnly)) {
        notes.note("writable buffers");
      }
      body.onNext(buffers);
    }

    @Override
    public void onError(Throwable error) {
      notes.failed(error);
      body.onError(error);
    }

    @Override
    public void onComplete() {
      notes.note("onComplete");
      body.onComplete();
    }
  }

  private JdkHandlers() {}
}

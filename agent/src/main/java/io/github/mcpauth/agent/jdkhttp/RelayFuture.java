package io.github.mcpauth.agent.jdkhttp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The future of a conversation: cancelling it, or any future derived from it, cancels the exchange
 * under way, as {@code HttpClient.sendAsync} promises of its own.
 */
final class RelayFuture<T> extends CompletableFuture<T> {

  /** What is under way. */
  static final class Relay {
    private volatile @Nullable Future<?> current;
    private volatile boolean cancelled;

    void to(Future<?> next) {
      current = next;
      if (cancelled) {
        next.cancel(true);
      }
    }

    boolean isCancelled() {
      return cancelled;
    }

    private boolean cancel(boolean mayInterrupt) {
      cancelled |= mayInterrupt; // Without it the JDK lets the exchange go on, too.
      Future<?> running = current;
      return running != null && running.cancel(mayInterrupt);
    }
  }

  private final Relay relay;

  RelayFuture(Relay relay) {
    this.relay = relay;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new RelayFuture<>(relay);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean reached = !isDone() && relay.cancel(mayInterrupt);
    // The exchange's end may have completed this future by now: it was cancelled all the same.
    return super.cancel(mayInterrupt) || reached;
  }

  @Override
  public void obtrudeValue(T value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void obtrudeException(Throwable error) {
    throw new UnsupportedOperationException();
  }
}

package io.github.mcpauth.agent.exchange;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call: cancelling it, or any future derived from it, cancels the attempt under
 * way, as {@code HttpClient.sendAsync} promises of its own.
 */
final class CancellableFuture<T> extends CompletableFuture<T> {

  /** The attempt under way. */
  static final class Running {
    private volatile @Nullable Future<?> current;
    private volatile boolean cancelled;

    void now(Future<?> next) {
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

  private final Running running;

  CancellableFuture(Running running) {
    this.running = running;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CancellableFuture<>(running);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean open = !isDone();
    // First: the attempt's end completes the call's future, and with it whatever is derived from
    // it, with another outcome than that of a future that was cancelled itself.
    boolean cancelled = super.cancel(mayInterrupt);
    return open && running.cancel(mayInterrupt) || cancelled;
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

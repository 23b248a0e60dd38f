package io.github.mcpauth.agent.check.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket once its time is over, whatever the peer does meanwhile: neither a handshake nor
 * a head that comes byte by byte, nor a request that nobody reads, holds the checker for longer.
 */
final class Deadline {

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final Socket socket;
  private ScheduledFuture<?> due;
  private volatile boolean over;

  Deadline(Socket socket, Duration time) {
    this.socket = socket;
    this.due = schedule(time);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "mcp-auth-check-deadline");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private ScheduledFuture<?> schedule(Duration time) {
    return TIMER.schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void expire() {
    over = true;
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  /** From now on that much. */
  void restart(Duration time) {
    due.cancel(false);
    due = schedule(time);
  }

  void cancel() {
    due.cancel(false);
  }

  boolean isOver() {
    return over;
  }

  /** What a failure really was: a socket that was closed under a reader says "closed". */
  IOException named(IOException failure) {
    if (!over || failure instanceof SocketTimeoutException) {
      return failure;
    }
    SocketTimeoutException timeout = new SocketTimeoutException("Read timed out");
    timeout.initCause(failure);
    return timeout;
  }
}

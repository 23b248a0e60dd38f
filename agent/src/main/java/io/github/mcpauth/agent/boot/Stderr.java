package io.github.mcpauth.agent.boot;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Stderr as the agent writes to it: a pipe that is full, because nobody reads it, must hold up
 * neither the host nor the log. Each text is written by a thread of its own, which is waited for,
 * but not for long; while one is stuck, further texts are dropped.
 */
final class Stderr extends OutputStream {

  private static final long LONGEST_WAIT_MILLIS = 250;

  private final OutputStream pipe;
  private @Nullable Thread writing;

  Stderr(OutputStream pipe) {
    this.pipe = pipe;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    Thread before = writing;
    if (before != null && before.isAlive()) {
      return;
    }
    byte[] text = new byte[length];
    System.arraycopy(bytes, offset, text, 0, length);
    Thread thread = thread(new Writing(text));
    writing = thread;
    thread.start();
    try {
      thread.join(LONGEST_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The host's own affair.
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "mcpauth-stderr", 0, false);
    thread.setDaemon(true);
    try {
      thread.setContextClassLoader(null); // The host's is not to be pinned.
    } catch (SecurityException e) {
      return thread; // A policy that does not let us.
    }
    return thread;
  }

  /** One text on its way. */
  private final class Writing implements Runnable {
    private final byte[] text;

    Writing(byte[] text) {
      this.text = text;
    }

    @Override
    public void run() {
      try {
        pipe.write(text);
        pipe.flush();
      } catch (IOException e) {
        // It is closed; there is nobody to tell.
      }
    }
  }
}

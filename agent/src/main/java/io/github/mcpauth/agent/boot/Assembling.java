package io.github.mcpauth.agent.boot;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Puts tier 1 together on a thread of its own, then weaves the classes that could not wait for it:
 * the one that began it, and those that waited for longer than a host should.
 */
final class Assembling implements Runnable {

  private static final long LONGEST_WAIT_MILLIS = 2000;

  private final Gate gate;
  private final Instrumentation instrumentation;
  private final Thread thread;
  private final ArrayList<Loading> letThrough = new ArrayList<>();
  private boolean over;

  Assembling(
      Gate gate, Instrumentation instrumentation, @Nullable ClassLoader loader, String name) {
    this.gate = gate;
    this.instrumentation = instrumentation;
    letThrough.add(new Loading(loader, name));
    // Inherits nothing of the host: neither its thread locals nor its context class loader.
    thread = new Thread(null, this, "mcpauth-start", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
  }

  void start() {
    thread.start();
  }

  /** Waits for the end; false once a class can be woven as it loads, else it is afterwards. */
  boolean letsThrough(@Nullable ClassLoader loader, String name) {
    if (thread == Thread.currentThread()) {
      return false;
    }
    waitForEnd();
    synchronized (letThrough) {
      return !over && letThrough.add(new Loading(loader, name));
    }
  }

  /** An interrupt is the host's own affair: it ends no class loading, so not this wait either. */
  private void waitForEnd() {
    long end = System.nanoTime() + LONGEST_WAIT_MILLIS * 1_000_000;
    boolean interrupted = false;
    for (long left = LONGEST_WAIT_MILLIS; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      try {
        thread.join(left);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The thread's own; not to be called. */
  @Override
  public void run() {
    boolean ready = gate.weaver() != null;
    for (Loading next = nextLetThrough(); next != null; next = nextLetThrough()) {
      if (ready) {
        weave(next);
      }
    }
  }

  /** Null once there is none: from then on classes are woven as they load. */
  private @Nullable Loading nextLetThrough() {
    synchronized (letThrough) {
      over = letThrough.isEmpty();
      return over ? null : letThrough.remove(0);
    }
  }

  private void weave(Loading loading) {
    try {
      // Waits where the thread that let it through is still about to define it.
      Class<?> loaded = Class.forName(loading.name.replace('/', '.'), false, loading.loader);
      instrumentation.retransformClasses(loaded);
    } catch (Throwable e) {
      gate.skip(loading.name, e);
    }
  }

  /** A class on its way into the JVM. */
  private static final class Loading {
    final @Nullable ClassLoader loader;
    final String name;

    Loading(@Nullable ClassLoader loader, String name) {
      this.loader = loader;
      this.name = name;
    }
  }
}

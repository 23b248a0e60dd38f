package io.github.mcpauth.agent.boot;

import io.github.mcpauth.rules.cost.ForStartUp;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Puts tier 1 together on a thread of its own, then weaves the classes that did not wait for it.
 * Those are java.net.http's facade, which is loaded early and called late, and whatever waited for
 * longer than a host should.
 */
@ForStartUp(row = "tier 1 beside the host", saves = 49)
final class Assembling implements Runnable {

  private static final long LONGEST_WAIT_MILLIS = 5000;

  private final Gate gate;
  private final Instrumentation instrumentation;
  private final Thread thread;
  private final ArrayList<Loading> letThrough = new ArrayList<>();
  private boolean over;

  Assembling(Gate gate, Instrumentation instrumentation) {
    this.gate = gate;
    this.instrumentation = instrumentation;
    thread = made();
  }

  @SuppressWarnings("removal") // A security manager may be there until Java 23.
  private Thread made() {
    try {
      return AccessController.doPrivileged(new Making());
    } catch (LinkageError e) {
      return new Making().run(); // A JDK without what has to do with it.
    }
  }

  /**
   * Makes a thread that inherits nothing of the host: neither its thread locals, nor its context
   * class loader, nor what a policy does not grant to it.
   */
  private final class Making implements PrivilegedAction<Thread> {
    @Override
    public Thread run() {
      Thread made = new Thread(root(), Assembling.this, "mcpauth-start", 0, false);
      made.setDaemon(true);
      made.setContextClassLoader(null);
      return made;
    }
  }

  /** A host that interrupts or ends its own group does not mean us. */
  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    try {
      for (ThreadGroup next = group.getParent(); next != null; next = next.getParent()) {
        group = next;
      }
    } catch (SecurityException e) {
      return group; // As far up as a policy for the host allows.
    }
    return group;
  }

  void start() {
    thread.start();
  }

  /** Waits for the end, as a rule; false once a class can be woven as it loads. */
  boolean letsThrough(@Nullable ClassLoader loader, String name, byte[] bytes) {
    if (!ClientClasses.isWovenLater(name)) {
      waitForEnd();
    }
    synchronized (letThrough) {
      return !over && letThrough.add(new Loading(loader, name, bytes));
    }
  }

  /** An interrupt is the host's own affair: it ends no class loading, so not this wait either. */
  void waitForEnd() {
    if (thread == Thread.currentThread()) {
      return;
    }
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
    ClassFileTransformer weaver = gate.weaver();
    for (Loading next = nextLetThrough(); next != null; next = nextLetThrough()) {
      if (weaver != null) {
        weave(weaver, next);
      }
    }
  }

  /**
   * The last first, so that the facade, which lets calls in, comes when all behind it is woven.
   * Null once there is none: from then on classes are woven as they load.
   */
  private @Nullable Loading nextLetThrough() {
    synchronized (letThrough) {
      over = letThrough.isEmpty();
      return over ? null : letThrough.remove(letThrough.size() - 1);
    }
  }

  private void weave(ClassFileTransformer weaver, Loading loading) {
    try {
      // Waits where the thread that let it through is still about to define it.
      Class<?> loaded = Class.forName(loading.name.replace('/', '.'), false, loading.loader);
      byte[] woven =
          weaver.transform(
              loaded.getModule(), loading.loader, loading.name, null, null, loading.bytes);
      if (woven != null) {
        instrumentation.redefineClasses(new ClassDefinition(loaded, woven));
      }
    } catch (Throwable e) {
      gate.skip(loading.name, e);
    }
  }

  /** A class on its way into the JVM. */
  private static final class Loading {
    final @Nullable ClassLoader loader;
    final String name;
    final byte[] bytes;

    Loading(@Nullable ClassLoader loader, String name, byte[] bytes) {
      this.loader = loader;
      this.name = name;
      this.bytes = bytes;
    }
  }
}

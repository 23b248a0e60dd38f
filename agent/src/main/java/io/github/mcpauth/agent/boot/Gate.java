package io.github.mcpauth.agent.boot;

import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets every class pass but those of the HTTP clients: the first of them has tier 1 put together,
 * which weaves a few of the rest. A JVM without an HTTP client pays for a comparison a class.
 *
 * <p>Clients load much before they are ready for a call, and set up TLS. So tier 1 is put together
 * beside that, and a class to be woven waits for it.
 */
final class Gate implements ClassFileTransformer {

  private final Map<String, String> options;
  private final Tier1 tier1;
  private final Instrumentation instrumentation;
  private final PrintStream err;
  private final Sightings sightings = new Sightings();
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
  private volatile @Nullable ClassFileTransformer weaver;
  private volatile boolean broken;
  private volatile @Nullable Assembling assembling;
  private boolean skipped;

  Gate(Map<String, String> options, Tier1 tier1, Instrumentation instrumentation, PrintStream err) {
    this.options = options;
    this.tier1 = tier1;
    this.instrumentation = instrumentation;
    this.err = err;
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    // On its own, since the JVM asks it of each class, and compiles it.
    if (name == null) {
      return null;
    }
    if (ClientClasses.isOfClient(name)) {
      return ofClient(module, loader, name, redefined, domain, bytes);
    }
    see(name);
    return null;
  }

  /** There are clients that cannot be watched: tier 1 is to say so. */
  private void see(String name) {
    if (sightings.see(name) && !broken) {
      assembling();
    }
  }

  private byte @Nullable [] ofClient(
      Module module,
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (broken || inside.get() != null) {
      return null;
    }
    if (redefined == null) {
      Assembling underway = assembling();
      if (underway != null && ClientClasses.isLast(name)) {
        underway.waitForEnd();
      }
      if (!ClientClasses.isWoven(name)
          || underway != null && underway.letsThrough(loader, name, bytes)) {
        return null;
      }
    }
    inside.set(Boolean.TRUE);
    try {
      ClassFileTransformer ready = weaver();
      return ready == null ? null : ready.transform(module, loader, name, redefined, domain, bytes);
    } catch (Throwable e) {
      skip(name, e);
      return null;
    } finally {
      inside.remove();
    }
  }

  /** Begins to put tier 1 together; null where that is done or this thread has to do it. */
  private @Nullable Assembling assembling() {
    return assembling != null || weaver != null ? assembling : begin();
  }

  private synchronized @Nullable Assembling begin() {
    if (assembling == null && weaver == null) {
      Assembling begun = new Assembling(this, instrumentation);
      try {
        begun.start();
        assembling = begun;
      } catch (OutOfMemoryError e) {
        return null; // There can be no more threads.
      }
    }
    return assembling;
  }

  /** Weaves what was loaded before us: from an AOT cache, or before an attach. */
  void catchUp() {
    boolean isRetransformable = false;
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    for (int i = 0; i < loaded.length; i++) {
      String name = loaded[i].getName();
      String internal = name.replace('.', '/');
      see(internal);
      if (ClientClasses.isWoven(internal)) {
        try {
          if (!isRetransformable) {
            instrumentation.addTransformer(new Again(), true);
            isRetransformable = true;
          }
          instrumentation.retransformClasses(loaded[i]);
        } catch (Throwable e) {
          skip(internal, e);
        }
      }
    }
  }

  /** For classes that are loaded; those that load get to the gate itself. */
  private final class Again implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        Module module,
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      return redefined == null
          ? null
          : Gate.this.transform(module, loader, name, redefined, domain, bytes);
    }
  }

  /** Whether tier 1 could not be put together: nothing is watched then. */
  boolean isBroken() {
    return broken;
  }

  /** Puts tier 1 together the first time; null where that fails. */
  synchronized @Nullable ClassFileTransformer weaver() {
    if (weaver == null && !broken) {
      try {
        weaver = tier1.assemble(options, instrumentation, err, sightings.labels());
      } catch (Throwable e) {
        broken = true;
        Boot.failed(err, e);
      }
    }
    return weaver;
  }

  /** Says once that a class stays as it was. */
  synchronized void skip(String name, Throwable cause) {
    if (!skipped) {
      skipped = true;
      Boot.say(
          err,
          "not watching ".concat(name).concat(", other classes are watched: "),
          cause,
          "; please report it with the versions of the JDK and the HTTP client");
    }
  }
}

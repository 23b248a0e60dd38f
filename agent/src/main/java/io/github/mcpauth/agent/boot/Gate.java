package io.github.mcpauth.agent.boot;

import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Lets every class pass but the few of the HTTP clients: the first of those loads tier 1, which
 * weaves them. A JVM without an HTTP client pays for a comparison a class.
 *
 * <p>Of java.net.http the facade comes first, and long before it is called: the client sets up TLS
 * in between. So tier 1 is put together beside that, the facade woven afterwards, and what the
 * client loads last before it is ready waits for both.
 */
final class Gate implements ClassFileTransformer {

  private static final String ASSEMBLY = "io.github.mcpauth.agent.assembly.Assembly";
  private static final String JDK = "jdk/internal/net/http/";
  private static final String FACADE = "jdk/internal/net/http/HttpClientFacade";

  private final @Nullable String options;
  private final Instrumentation instrumentation;
  private final PrintStream err;
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
  private @Nullable ClassFileTransformer weaver;
  private volatile boolean broken;
  private volatile @Nullable Assembling assembling;
  private boolean skipped;

  Gate(@Nullable String options, Instrumentation instrumentation, PrintStream err) {
    this.options = options;
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
    if (name == null || !target(name) || broken || inside.get() != null) {
      return null;
    }
    if (redefined == null && isWovenAfterwards(loader, name)) {
      return null;
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

  /** Whether a class is woven after it was loaded: the facade, and what waited for too long. */
  private boolean isWovenAfterwards(@Nullable ClassLoader loader, String name) {
    try {
      if (name.equals(FACADE) && startsAssembling(loader)) {
        return true;
      }
    } catch (OutOfMemoryError e) {
      return false; // No thread can be started, so this one puts tier 1 together.
    }
    Assembling underway = assembling;
    return underway != null && underway.letsThrough(loader, name);
  }

  private synchronized boolean startsAssembling(@Nullable ClassLoader loader) {
    if (weaver != null || assembling != null) {
      return false;
    }
    Assembling begun = new Assembling(this, instrumentation, loader, FACADE);
    begun.start();
    assembling = begun;
    return true;
  }

  /** Weaves what was loaded before us: from an AOT cache, or before an attach. */
  void catchUp() {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    for (int i = 0; i < loaded.length; i++) {
      String name = loaded[i].getName();
      char first = name.charAt(0);
      // Nearly all of the 450 names are decided by this, before anything is compiled.
      boolean may = first == 'o' && name.startsWith("okhttp3.") || first == 'j' && jdk(name);
      String internal = may ? name.replace('.', '/') : "";
      if (target(internal)) {
        try {
          instrumentation.retransformClasses(loaded[i]);
        } catch (Throwable e) {
          skip(internal, e);
        }
      }
    }
  }

  private static boolean jdk(String dotted) {
    return dotted.startsWith("jdk.internal.net.http.");
  }

  static boolean target(String name) {
    int length = name.length();
    if (length < 20 || length > 39) {
      return false;
    }
    if (name.charAt(0) == 'o') {
      return name.equals("okhttp3/OkHttpClient");
    }
    return name.charAt(0) == 'j' && name.startsWith(JDK) && client(name.substring(JDK.length()));
  }

  private static boolean client(String name) {
    return name.equals("HttpClientFacade")
        || name.equals("HttpRequestImpl")
        || name.equals("Http1Request")
        || name.equals("RedirectFilter")
        || name.equals("CookieFilter")
        || name.equals("Stream")
        || name.equals("Response");
  }

  /** Puts tier 1 together the first time; null where that fails. */
  synchronized @Nullable ClassFileTransformer weaver() {
    if (weaver == null && !broken) {
      try {
        weaver = assemble();
      } catch (Throwable e) {
        broken = true;
        Boot.failed(err, e);
      }
    }
    return weaver;
  }

  private ClassFileTransformer assemble() throws Throwable {
    Class<?> assembly = Class.forName(ASSEMBLY, true, new IsolatedLoader(Boot.ownJar()));
    try {
      return (ClassFileTransformer)
          assembly
              .getMethod("start", String.class, Instrumentation.class, PrintStream.class)
              .invoke(null, options, instrumentation, err);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
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

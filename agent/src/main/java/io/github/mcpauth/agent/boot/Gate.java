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
final class Gate implements ClassFileTransformer, Runnable {

  private static final String ASSEMBLY = "io.github.mcpauth.agent.assembly.Assembly";
  private static final String JDK = "jdk/internal/net/http/";
  private static final String FACADE = "jdk/internal/net/http/HttpClientFacade";
  private static final long LONGEST_WAIT_MILLIS = 2000;

  private final @Nullable String options;
  private final Instrumentation instrumentation;
  private final PrintStream err;
  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
  private @Nullable ClassFileTransformer weaver;
  private volatile boolean broken;
  private volatile @Nullable Thread assembling;
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
    if (redefined == null && (isDeferred(name) || !isAssembled())) {
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

  /** Whether tier 1 is put together beside the client, which is not ready for a call yet. */
  private boolean isDeferred(String name) {
    return name.equals(FACADE) && startsAssembling();
  }

  private synchronized boolean startsAssembling() {
    if (weaver != null || assembling != null) {
      return false;
    }
    // Inherits nothing of the host: neither its thread locals nor its context class loader.
    Thread thread = new Thread(null, this, "mcpauth-start", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    assembling = thread;
    thread.start();
    return true;
  }

  /** Puts tier 1 together, then weaves the facade; not to be called. */
  @Override
  public void run() {
    try {
      if (weaver() != null) {
        ClassLoader loader = ClassLoader.getPlatformClassLoader();
        // Waits where the thread that let it through is still about to define it.
        Class<?> facade = Class.forName(FACADE.replace('/', '.'), false, loader);
        instrumentation.retransformClasses(facade);
      }
    } catch (Throwable e) {
      skip(FACADE, e);
    } finally {
      assembling = null;
    }
  }

  /** Waits for what goes on beside; false where it takes so long that the host must not wait. */
  private boolean isAssembled() {
    Thread thread = assembling;
    if (thread == null || thread == Thread.currentThread()) {
      return true;
    }
    try {
      thread.join(LONGEST_WAIT_MILLIS);
      return assembling == null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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

  private synchronized @Nullable ClassFileTransformer weaver() {
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

  private synchronized void skip(String name, Throwable cause) {
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

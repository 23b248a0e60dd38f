package io.github.mcpauth.agent.okhttp;

import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.HttpCalls;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a new OkHttpClient of any class loader into one with our interceptors; a version that they
 * cannot link against (before 3.14) is left alone and reported once.
 */
final class OkHttp implements OkHttpHook {

  private final HttpCalls calls;
  private final Guard guard;

  // Weak on both sides: the hook's loader has the key as its parent and would pin it.
  // The interceptors of live clients keep their hook alive.
  private final Map<ClassLoader, WeakReference<OkHttpHook>> hooks = new WeakHashMap<>();
  private boolean reported;

  OkHttp(HttpCalls calls, Guard guard) {
    this.calls = calls;
    this.guard = guard;
  }

  @Override
  public Object @Nullable [] install(Object client, Object interceptors, Object network) {
    if (!guard.open()) {
      return null;
    }
    try {
      ClassLoader host = client.getClass().getClassLoader();
      return host == null ? null : hookOf(host).install(client, interceptors, network);
    } catch (Throwable e) {
      guard.failed("install", e);
      return null;
    }
  }

  /** For a version that the interceptors cannot link against. */
  private static final class LeaveAlone implements OkHttpHook {
    @Override
    public Object @Nullable [] install(Object client, Object interceptors, Object network) {
      return null;
    }
  }

  private synchronized OkHttpHook hookOf(ClassLoader host) {
    WeakReference<OkHttpHook> known = hooks.get(host);
    OkHttpHook hook = known == null ? null : known.get();
    if (hook == null) {
      hook = link(host);
      hooks.put(host, new WeakReference<>(hook));
    }
    return hook;
  }

  private OkHttpHook link(ClassLoader host) {
    try {
      // The oldest version that tells a one-shot body from one that can be sent again is 3.14.
      Class.forName("okhttp3.RequestBody", false, host).getMethod("isOneShot");
      ClassLoader loader = new WovenLoader(host);
      return (OkHttpHook)
          Class.forName(WovenLoader.WOVEN + "Installer", true, loader)
              .getConstructor(HttpCalls.class, Guard.class)
              .newInstance(calls, guard);
    } catch (ReflectiveOperationException | LinkageError e) {
      if (!reported) {
        reported = true;
        guard.failed("link with this version of OkHttp, which is left alone", e);
      }
      return new LeaveAlone();
    }
  }
}

package io.github.mcpauth.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one class of ours that every loader sees, and the typed way to put hooks into it. */
public final class Bridge {

  static final String NAME = "java/lang/McpAuthBridge";
  private static final String BYTES = "McpAuthBridge.bytes";

  private static volatile @Nullable Class<?> defined;

  /** Defines {@code java.lang.McpAuthBridge}, once in a JVM, by public API only. */
  public static synchronized void define(Instrumentation instrumentation) throws Exception {
    if (defined != null) {
      return;
    }
    open(instrumentation, Object.class.getModule(), "java.lang");
    defined =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes());
  }

  /** Lets tier 1 reflect upon a package of the JDK, and nobody else. */
  public static void open(Instrumentation instrumentation, Module module, String packageName) {
    // To our own unnamed module, not the system loader's, which would open it to the host.
    Map<String, Set<Module>> opens = Map.of(packageName, Set.of(Bridge.class.getModule()));
    instrumentation.redefineModule(module, Set.of(), Map.of(), opens, Set.of(), Map.of());
  }

  /** What {@link BridgeClass} wrote. */
  private static byte[] bytes() throws IOException {
    try (InputStream in = Bridge.class.getResourceAsStream(BYTES)) {
      if (in == null) {
        throw new IOException(BYTES + " is missing in the agent's jar");
      }
      return in.readAllBytes();
    }
  }

  /** From now on the woven classes of java.net.http call these. */
  public static void install(JdkHttpHooks hooks) throws ReflectiveOperationException {
    set("linked", hooks.linked());
    set("follows", hooks.follows());
    set("wroteHttp1", hooks.wroteHttp1());
    set("wroteHttp2", hooks.wroteHttp2());
    set("responded", hooks.responded());
    set("redirects", hooks.redirects());
    set("bare", hooks.bare());
    set("around", hooks.around());
    // Last: it is what lets a call in.
    set("watches", hooks.watches());
  }

  /** From now on the woven constructor of OkHttpClient calls this. */
  public static void install(OkHttpHook hook) throws ReflectiveOperationException {
    set("okhttp", new Unpacked(hook));
  }

  private static void set(String field, Object hook) throws ReflectiveOperationException {
    Class<?> bridge = defined;
    if (bridge == null) {
      throw new IllegalStateException("no bridge to put " + field + " into: call define first");
    }
    bridge.getField(field).set(null, hook);
  }

  /** Takes an array, since no type of ours crosses the border. */
  private static final class Unpacked implements Function<Object[], Object @Nullable []> {
    private final OkHttpHook hook;

    Unpacked(OkHttpHook hook) {
      this.hook = hook;
    }

    @Override
    public Object @Nullable [] apply(Object[] client) {
      return hook.install(client[0], client[1], client[2]);
    }
  }

  private Bridge() {}
}

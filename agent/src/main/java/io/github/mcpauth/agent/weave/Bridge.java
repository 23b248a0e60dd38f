package io.github.mcpauth.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.lang.McpAuthBridge}, the one class of ours that every loader sees: woven code calls
 * its methods, which call what is put into its fields. Its source is in {@code src/bridge}.
 */
public final class Bridge {

  /** As in a class file. */
  static final String NAME = "java/lang/McpAuthBridge";

  private static @Nullable Bridge defined;

  private final Instrumentation instrumentation;
  private final Class<?> type;

  private Bridge(Instrumentation instrumentation, Class<?> type) {
    this.instrumentation = instrumentation;
    this.type = type;
  }

  /** Defines the class, once in a JVM, by public API only. */
  public static synchronized Bridge define(Instrumentation instrumentation) throws Exception {
    Bridge known = defined;
    if (known == null) {
      open(instrumentation, Object.class.getModule(), "java.lang");
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
      known = new Bridge(instrumentation, lookup.defineClass(bytes()));
      defined = known;
    }
    return known;
  }

  /** Lets tier 1 reflect upon a package of the JDK, and nobody else. */
  public void open(Module module, String packageName) {
    open(instrumentation, module, packageName);
  }

  /** From now on woven classes call this hook, whose type is that of the bridge's field. */
  public void set(String field, Object hook) throws ReflectiveOperationException {
    type.getField(field).set(null, hook);
  }

  private static void open(Instrumentation instrumentation, Module module, String packageName) {
    // To our own unnamed module, not the system loader's, which would open it to the host.
    Map<String, Set<Module>> opens = Map.of(packageName, Set.of(Bridge.class.getModule()));
    instrumentation.redefineModule(module, Set.of(), Map.of(), opens, Set.of(), Map.of());
  }

  private static byte[] bytes() throws IOException {
    String file = NAME + ".class";
    try (InputStream in = Bridge.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is missing in the agent's jar");
      }
      return in.readAllBytes();
    }
  }
}

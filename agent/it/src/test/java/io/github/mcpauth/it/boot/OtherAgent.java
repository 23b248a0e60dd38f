package io.github.mcpauth.it.boot;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Another vendor's agent: does nothing, or retransforms the client that we wove. */
public final class OtherAgent {

  public static void premain(String options, Instrumentation instrumentation) throws Exception {
    if ("retransform".equals(options)) {
      instrumentation.addTransformer(new Unchanged(), true);
      instrumentation.retransformClasses(
          Class.forName(
              "jdk.internal.net.http.HttpClientFacade",
              false,
              ClassLoader.getPlatformClassLoader()));
    }
  }

  /** Hands back the same bytes, which is a change to the JVM. */
  private static final class Unchanged implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
      return "jdk/internal/net/http/HttpClientFacade".equals(name) ? bytes.clone() : null;
    }
  }

  private OtherAgent() {}
}

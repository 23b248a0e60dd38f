package io.github.mcpauth.it.wire;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Several OkHttps in one JVM, each in a class loader of its own: {@code <url> <folder>...}. */
public final class LoadersProgram {

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i++) {
      List<URL> jars = new ArrayList<>();
      jars.add(LoadersProgram.class.getProtectionDomain().getCodeSource().getLocation());
      for (File jar : new File(args[i]).listFiles()) {
        jars.add(jar.toURI().toURL());
      }
      ClassLoader platform = ClassLoader.getPlatformClassLoader();
      try (URLClassLoader loader = new URLClassLoader(jars.toArray(new URL[0]), platform)) {
        Class<?> type = loader.loadClass(LoadedCall.class.getName());
        @SuppressWarnings("unchecked")
        Function<String, String> call =
            (Function<String, String>) type.getConstructor().newInstance();
        System.out.println(call.apply(args[0]));
      }
    }
    System.exit(0);
  }

  private LoadersProgram() {}
}

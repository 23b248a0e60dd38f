package io.github.mcpauth.it.boot;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes the jars of the boot tests. */
final class Jars {

  /** The agent's jar with each entry as the function returns it, or without it for null. */
  static Path changed(Path target, BiFunction<String, byte[], byte[]> change) throws IOException {
    try (JarFile jar = new JarFile(ForkedJvm.AGENT.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        byte[] bytes = change.apply(entry.getName(), jar.getInputStream(entry).readAllBytes());
        if (bytes != null) {
          put(out, entry.getName(), bytes);
        }
      }
    }
    return target;
  }

  /** A jar of {@link OtherAgent}. */
  static Path otherAgent(Path target) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", OtherAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    return classes(
        target, manifest, OtherAgent.class.getName(), OtherAgent.class.getName() + "$Unchanged");
  }

  /** A jar of the named classes of the test class path. */
  static Path classes(Path target, Manifest manifest, String... names) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
      for (String name : names) {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = Jars.class.getClassLoader().getResourceAsStream(path)) {
          put(out, path, in.readAllBytes());
        }
      }
    }
    return target;
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private Jars() {}
}

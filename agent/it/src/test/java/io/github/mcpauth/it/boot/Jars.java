package io.github.mcpauth.it.boot;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Writes the jars of the boot tests. */
final class Jars {

  /** The agent's jar with each entry as the function returns it, or without it for null. */
  static Path changed(Path target, BiFunction<String, byte[], byte[]> change) throws IOException {
    try (JarFile jar = new JarFile(ForkedJvm.AGENT.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        byte[] bytes = change.apply(entry.getName(), jar.getInputStream(entry).readAllBytes());
        if (bytes != null) {
          boolean archive = entry.getName().endsWith(".zip") && bytes.length > 0;
          byte[] content = archive ? changed(bytes, change) : bytes;
          out.putNextEntry(
              archive ? stored(entry.getName(), content) : new JarEntry(entry.getName()));
          out.write(content);
          out.closeEntry();
        }
      }
    }
    return target;
  }

  /** The archive of tier 1, likewise; as it is where it is no zip. */
  private static byte[] changed(byte[] zip, BiFunction<String, byte[], byte[]> change)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean any = false;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] kept = change.apply(entry.getName(), in.readAllBytes());
        any = true;
        if (kept != null) {
          out.putNextEntry(stored(entry.getName(), kept));
          out.write(kept);
          out.closeEntry();
        }
      }
    }
    return any ? bytes.toByteArray() : zip;
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    return entry;
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

package io.github.mcpauth.bench.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Loads tier 1 of the agent's jar, by the agent's own loader or in a plainer way. */
final class Loading implements Callable<Object> {

  private static final String TIER_1 = "tier1.zip";
  private static final String RULES = "io/github/mcpauth/rules/";
  private static final List<String> FOR_WEAVING =
      List.of(
          "io/github/mcpauth/agent/weave/", "io/github/mcpauth/agent/recorder/", "net/bytebuddy/");

  /** How, and what. */
  enum Way {
    /** The rules, by the agent's loader. */
    OWN_FIRST,
    /** The rules, by a loader that asks its parent first. */
    PARENT_FIRST,
    /** The rules, by the JDK's loader from a jar that was unpacked for it. */
    UNPACKED,
    /** What is needed before a client can be woven, by the agent's loader. */
    TO_WEAVE
  }

  private final Way way;
  private final Path jar;

  Loading(Way way, Path jar) {
    this.way = way;
    this.jar = jar;
  }

  @Override
  public Object call() throws Exception {
    List<String> names = names();
    ClassLoader loader =
        switch (way) {
          case OWN_FIRST, TO_WEAVE -> isolated();
          case PARENT_FIRST -> new ParentFirst(isolated());
          case UNPACKED -> unpacked();
        };
    for (String name : names) {
      Class.forName(name, false, loader);
    }
    return loader;
  }

  /** The classes to load. */
  private List<String> names() throws IOException {
    List<String> starts = way == Way.TO_WEAVE ? FOR_WEAVING : List.of(RULES);
    List<String> names = new ArrayList<>();
    try (ZipFile outer = new ZipFile(jar.toFile());
        ZipInputStream inner = new ZipInputStream(tier1(outer))) {
      for (ZipEntry next = inner.getNextEntry(); next != null; next = inner.getNextEntry()) {
        String name = next.getName();
        if (name.endsWith(".class") && starts.stream().anyMatch(name::startsWith)) {
          names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }

  private static InputStream tier1(ZipFile jar) throws IOException {
    return jar.getInputStream(new ZipEntry(TIER_1));
  }

  private ClassLoader isolated() throws Exception {
    URLClassLoader tier0 = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    Class<?> type = Class.forName("io.github.mcpauth.agent.boot.IsolatedLoader", true, tier0);
    Constructor<?> made = type.getDeclaredConstructor(File.class);
    made.setAccessible(true);
    return (ClassLoader) made.newInstance(jar.toFile());
  }

  private ClassLoader unpacked() throws IOException {
    Path unpacked = Files.createTempFile("tier1", ".jar");
    unpacked.toFile().deleteOnExit();
    try (ZipFile outer = new ZipFile(jar.toFile());
        InputStream tier1 = tier1(outer)) {
      Files.copy(tier1, unpacked, StandardCopyOption.REPLACE_EXISTING);
    }
    return new URLClassLoader(
        new URL[] {unpacked.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  /** As {@link ClassLoader} has it. */
  private static final class ParentFirst extends ClassLoader {
    private final ClassLoader files;

    ParentFirst(ClassLoader files) {
      super(ClassLoader.getPlatformClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}

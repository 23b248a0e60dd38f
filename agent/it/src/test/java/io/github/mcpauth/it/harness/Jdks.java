package io.github.mcpauth.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JDKs that the tests run on: this one, and a newer one where the machine has one. */
public final class Jdks {

  /** This JVM's, then the newest other one that was found, if any. */
  public static List<Path> all() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    Path newer = newer();
    if (newer != null) {
      homes.add(newer);
    }
    return homes;
  }

  /**
   * From {@code JAVA_HOME_25}, {@code JAVA_HOME_24}, … or beside this JVM's; null where none is.
   */
  public static Path newer() {
    for (int feature = 40; feature > Runtime.version().feature(); feature--) {
      String home = System.getenv("JAVA_HOME_" + feature);
      if (home != null && Files.isExecutable(Path.of(home, "bin", "java"))) {
        return Path.of(home);
      }
    }
    Path siblings = Path.of(System.getProperty("java.home")).getParent();
    Path newest = null;
    int best = Runtime.version().feature();
    try (Stream<Path> homes = Files.list(siblings)) {
      for (Path home : homes.toList()) {
        int feature = feature(home);
        if (feature > best && Files.isExecutable(home.resolve("bin/java"))) {
          newest = home;
          best = feature;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return newest;
  }

  /** The feature version that a JDK's {@code release} file names, or 0. */
  public static int feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.substring("JAVA_VERSION=\"".length()).split("[.\"-]")[0])
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Jdks() {}
}

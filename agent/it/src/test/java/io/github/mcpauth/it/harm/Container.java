package io.github.mcpauth.it.harm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is a container to a process: a root folder of its own, mounts, a user without an entry in
 * the system's list, and an environment that is given. Made with {@code mount} and {@code chroot}:
 * there need be no engine.
 */
final class Container {

  private static final Path JDK = Path.of(System.getProperty("java.home"));

  private final Path work;
  private final Path root;
  private final List<String> mounts = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private int user;
  private boolean readOnly;

  /**
   * @param work a folder for the container's own
   */
  Container(Path work) throws IOException {
    this.work = Files.createDirectories(work);
    root = Files.createDirectories(work.resolve("root"));
    for (String system : List.of("/usr", "/etc", "/proc", "/dev", "/bin", "/lib", "/lib64")) {
      Path folder = Path.of(system);
      if (Files.isSymbolicLink(folder)) {
        Files.createSymbolicLink(root.resolve(system.substring(1)), Files.readSymbolicLink(folder));
      } else if (Files.isDirectory(folder)) {
        mount(folder, system, false);
      }
    }
    if (!JDK.startsWith("/usr")) {
      mount(JDK, JDK.toString(), true);
    }
    environment.put("PATH", JDK.resolve("bin") + ":/usr/bin:/bin");
  }

  /** Whether this machine lets us. */
  static boolean canBeMade() throws IOException, InterruptedException {
    return new File("/usr/bin/unshare").canExecute()
        && new ProcessBuilder("unshare", "--mount", "mount", "--make-rprivate", "/")
                .start()
                .waitFor()
            == 0;
  }

  /** A file or folder of its image. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  Container mount(Path source, String target, boolean onlyToRead) {
    mounts.add(source + "\t" + target + "\t" + (onlyToRead ? "ro" : "rw"));
    return this;
  }

  Container env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Container user(int id) {
    user = id;
    return this;
  }

  Container readOnly() {
    readOnly = true;
    return this;
  }

  /** Runs a command to its end. */
  Run run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh"));
    command.add(script().toString());
    command.add(root.toString());
    command.add(String.valueOf(user));
    command.add(readOnly ? "ro" : "rw");
    command.add(Files.write(work.resolve("mounts"), mounts).toString());
    command.addAll(List.of("/usr/bin/env", "-i"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(words);
    Path out = work.resolve("out.txt");
    Path err = work.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running\n" + Files.readString(err));
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Path script() {
    return Path.of("src/test/resources/container/run.sh").toAbsolutePath();
  }

  /**
   * What came of a command.
   *
   * @param exit its exit code
   * @param stdout what it printed
   * @param stderr what it said besides
   */
  record Run(int exit, String stdout, String stderr) {}
}

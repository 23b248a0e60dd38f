package io.github.mcpauth.demo.guide;

import io.github.mcpauth.demo.server.Fault;
import io.github.mcpauth.demo.server.Server;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with the packaged agent and the demo's host as jars, a misbehaving server, and a shell
 * in which a reader's commands run one after the other. What differs from run to run (ports,
 * process ids, times, folders) is shown as the same each time.
 */
final class Session implements AutoCloseable {

  private static final int LONGEST_SECONDS = 120;

  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Path home;
  private final int port;
  private final Server server;

  /**
   * @param agent the packaged agent
   * @param fault what the server does wrong
   */
  Session(Path agent, Fault fault) throws Exception {
    folder = Files.createTempDirectory("mcpauth-guide").toRealPath();
    home = home();
    java(folder.resolve("bin"));
    Files.createDirectory(folder.resolve("tmp"));
    Files.copy(agent, folder.resolve("mcp-auth-agent.jar"));
    hostJar(folder.resolve("host.jar"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    server = Server.start(port, fault);
  }

  /** A new folder whose path is as long as the one that is shown, so that lines wrap the same. */
  private static Path home() throws IOException {
    for (int i = 100; i < 1000; i++) {
      try {
        return Files.createDirectory(Path.of("/tmp/" + i), OWNER);
      } catch (FileAlreadyExistsException taken) {
        // The next, then.
      }
    }
    throw new IOException("all of /tmp/100 to /tmp/999 are taken");
  }

  /** A {@code java} of this JVM's kind, with the folders of its own as the user's. */
  private void java(Path bin) throws IOException {
    Path script = Files.createDirectory(bin).resolve("java");
    String line = "exec '%s' -Duser.home='%s' -Djava.io.tmpdir='%s' \"$@\"%n";
    Path real = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        script, "#!/bin/sh\n" + String.format(line, real, home, folder.resolve("tmp")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** A jar that only names where the demo's classes are, so that it starts as any host does. */
  private static void hostJar(Path target) throws IOException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(each -> Path.of(each).toUri().toString())
            .collect(Collectors.joining(" "));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "io.github.mcpauth.demo.host.Host");
    attributes.put(Attributes.Name.CLASS_PATH, classPath);
    new JarOutputStream(Files.newOutputStream(target), manifest).close();
  }

  /** Copies what is in a folder into the one that commands run in. */
  void copy(Path example) throws IOException {
    try (Stream<Path> files = Files.walk(example)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(example.relativize(each).toString());
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
  }

  /** Runs a command; returns what it printed, standard output before standard error. */
  String run(String command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(Session::isOurs);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("MCP_SERVER_URL", "http://127.0.0.1:" + port + "/mcp");
    builder.environment().put("MCP_SERVER", "http://127.0.0.1:" + port);
    builder.environment().put("COLUMNS", "96");
    String repository = System.getProperty("maven.repository");
    if (repository != null) { // Maven's JVM has this session's home, where nothing is yet.
      builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    }
    builder.environment().merge("PATH", path(), (path, ours) -> ours + File.pathSeparator + path);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within " + LONGEST_SECONDS + " s");
    }
    String printed = Files.readString(out) + Files.readString(err);
    Files.delete(out);
    Files.delete(err);
    return stable(printed);
  }

  private static boolean isOurs(String variable) {
    return variable.startsWith("MCPAUTH_")
        || List.of("JAVA_TOOL_OPTIONS", "MAVEN_ARGS").contains(variable);
  }

  private String path() {
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    return folder.resolve("bin") + File.pathSeparator + jdk;
  }

  /** The same for each run. */
  private String stable(String printed) {
    return printed
        .replaceAll("\u001b\\[[0-9;]*m", "")
        .replace(home.toString(), "/home/me")
        .replace(folder + "/tmp", "/tmp")
        .replace(folder.toString(), "/app")
        .replace("127.0.0.1:" + port, "127.0.0.1:18080")
        .replaceAll("mcpauth-\\d{8}T\\d{6}-\\d+", "mcpauth-20261121T033435-11199")
        .replaceAll("\\[fp:[0-9a-f]{12}", "[fp:3f9c0a61be47")
        .replaceAll("\\b\\d+(\\.\\d+)? ms\\b", "12 ms")
        .replaceAll("[ \\t]+(?=\\R)", "")
        .stripTrailing();
  }

  @Override
  public void close() throws Exception {
    server.close();
    for (Path each : List.of(folder, home)) {
      try (Stream<Path> files = Files.walk(each)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

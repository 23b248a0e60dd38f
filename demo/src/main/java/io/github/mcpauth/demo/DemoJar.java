package io.github.mcpauth.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What {@code java -jar mcp-auth-demo.jar} runs: unpacks the agent and the libraries of the demo,
 * as they were published, into a folder of its own, and starts the demo from there.
 */
final class DemoJar {

  private static final String AGENT = "mcp-auth-agent.jar";

  /** {@code [folder for logs]}; a new temporary one where none is named. */
  public static void main(String[] args) throws Exception {
    Path logs =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("mcp-auth-demo-logs");
    Path folder = Files.createTempDirectory("mcp-auth-demo");
    int exit;
    try {
      Path own = Path.of(DemoJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      unpack(own, folder);
      exit = run(folder, logs);
    } finally {
      delete(folder);
    }
    System.exit(exit);
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        boolean library = name.startsWith("lib/") && name.endsWith(".jar");
        if (library || name.equals(AGENT)) {
          Files.copy((InputStream) zip, folder.resolve(name.substring(name.indexOf('/') + 1)));
        }
      }
    }
  }

  private static int run(Path folder, Path logs) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath(folder), Demo.class.getName()));
    command.addAll(List.of(folder.resolve(AGENT).toString(), logs.toString()));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static String classPath(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars =
          files.filter(file -> !file.endsWith(AGENT)).sorted().map(Path::toString).toList();
      return String.join(System.getProperty("path.separator"), jars);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private DemoJar() {}
}

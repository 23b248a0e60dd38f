package io.github.mcpauth.bench;

import io.github.mcpauth.bench.program.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the programs, each in a JVM of its own, and the server that they call. */
final class Runner implements AutoCloseable {

  private static final double TICK_MILLIS = 10; // USER_HZ is 100 wherever Linux is.

  private final String java;
  private final String classPath;
  private final Path logs;
  private final Path complaints;
  private final Process server;
  private final String url;

  Runner(String java, Path target, String classPath) throws IOException {
    this.java = java;
    this.classPath = classPath;
    this.logs = Files.createDirectories(target.resolve("logs"));
    this.complaints = target.resolve("stderr.txt");
    List<String> command = command(Agent.NONE, Server.class.getName());
    this.server = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    this.url = "http://127.0.0.1:" + out.readLine();
  }

  String server() {
    return url;
  }

  /** Runs a program of this module to its end. */
  Run run(Agent agent, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(agent, Server.class.getPackageName() + "." + program);
    command.addAll(List.of(arguments));
    double cpu = childrenMillis();
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    double wall = (System.nanoTime() - start) / 1e6;
    cpu = childrenMillis() - cpu;
    check(exit, String.join(" ", command));
    clear();
    return new Run(wall, cpu, program.equals("Hello") ? List.of() : numbers(printed));
  }

  /** Starts a program that waits for its turns. */
  Waiting start(Agent agent, String program, String... arguments) throws IOException {
    List<String> command = command(agent, Server.class.getPackageName() + "." + program);
    command.addAll(List.of(arguments));
    return new Waiting(new ProcessBuilder(command).redirectError(complaints.toFile()).start());
  }

  private void check(int exit, String command) throws IOException {
    if (exit != 0) {
      throw new IOException(command + " ended with " + exit + ":\n" + Files.readString(complaints));
    }
  }

  private List<String> command(Agent agent, String main) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(agent.options());
    command.add("-Dmcpauth.log.file=" + logs.resolve("%p.jsonl"));
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  static List<Double> numbers(String printed) {
    List<Double> numbers = new ArrayList<>();
    for (String word : printed.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        numbers.add(Double.valueOf(word));
      }
    }
    return numbers;
  }

  /** CPU time of the children that ended; 0 where there is no {@code /proc}. */
  private static double childrenMillis() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    // After the command's name in parentheses come the fields from the third on.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * TICK_MILLIS;
  }

  /** Deletes the logs. */
  void clear() throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    server.destroy();
  }
}

package io.github.mcpauth.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a program in a JVM of its own, with the real jar as its agent, and waits for its end. */
public final class ForkedJvm {

  /** The packaged agent. */
  public static final Path AGENT = Path.of(System.getProperty("agent.jar")).normalize();

  private final Path work;
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private String classPath = withoutRules();
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private Path agent = AGENT;
  private boolean stderrIsFull;
  private boolean withAgent = true;
  private String mainClass = "";
  private Duration limit = Duration.ofSeconds(120);

  private ForkedJvm(Path work) {
    this.work = work;
    settings.put("log.file", work.resolve("mcpauth.jsonl").toString());
  }

  /** The test class path as a host has it: no class of the agent's own but those of its jar. */
  private static String withoutRules() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("mcp-auth-rules"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A JVM whose files, the agent's log among them, lie in the given folder. */
  public static ForkedJvm in(Path work) {
    return new ForkedJvm(work);
  }

  public ForkedJvm main(Class<?> program, String... args) {
    mainClass = program.getName();
    arguments.addAll(List.of(args));
    return this;
  }

  public ForkedJvm javaHome(Path home) {
    javaHome = home;
    return this;
  }

  public ForkedJvm classPath(String path) {
    classPath = path;
    return this;
  }

  /** Another jar in the place of {@link #AGENT}, which must not be on the class path then. */
  public ForkedJvm agent(Path jar) {
    agent = jar;
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).equals(AGENT))
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  public ForkedJvm withoutAgent() {
    withAgent = false;
    return this;
  }

  /** A setting of the agent, without the prefix, as an agent option. */
  public ForkedJvm set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Takes back a setting, e.g. {@code log.file} to test its default. */
  public ForkedJvm unset(String key) {
    settings.remove(key);
    return this;
  }

  public ForkedJvm jvm(String... args) {
    jvmArguments.addAll(List.of(args));
    return this;
  }

  public ForkedJvm env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Gives it a stderr that is a full pipe, which nobody reads before its end. */
  public ForkedJvm stderrIsFull() {
    stderrIsFull = true;
    return this;
  }

  public ForkedJvm limit(Duration longest) {
    limit = longest;
    return this;
  }

  /** Runs it to its end; kills it and fails when the limit has passed. */
  public Run run() {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    if (withAgent) {
      StringBuilder options = new StringBuilder();
      settings.forEach(
          (key, value) ->
              options
                  .append(options.isEmpty() ? "=" : ",")
                  .append(key)
                  .append("=\"")
                  .append(value)
                  .append('"'));
      command.add("-javaagent:" + agent + options);
    }
    // These programs end before optimized code would pay for the time of its compiler.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(jvmArguments); // Of two, the last one counts.
    if (!mainClass.isEmpty()) {
      command.add("-cp");
      command.add(classPath);
      command.add(mainClass);
    }
    command.addAll(arguments);
    return run(command);
  }

  private Run run(List<String> command) {
    try {
      Files.createDirectories(work);
      if (stderrIsFull) { // 64 KiB, since Linux 2.6.11.
        command.addAll(0, List.of("sh", "-c", "head -c 65536 /dev/zero >&2; exec \"$0\" \"$@\""));
      }
      ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MCPAUTH_"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> out = drain(process.getInputStream());
      CompletableFuture<String> err =
          stderrIsFull ? new CompletableFuture<>() : drain(process.getErrorStream());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        err.complete("");
        throw new AssertionError(
            "still running after " + limit + "\nstdout: " + out.join() + "\nstderr: " + err.join());
      }
      if (stderrIsFull) {
        err.complete("");
        process.getErrorStream().close();
      }
      if (Boolean.getBoolean("forked.show")) {
        System.err.println(
            String.join(" ", command).replaceAll("-cp \\S+", "-cp …")
                + "\n"
                + out.join()
                + err.join());
      }
      LogLines log = agent.equals(AGENT) ? LogLines.readFolder(work) : LogLines.readAny(work);
      return new Run(process.exitValue(), out.join(), err.join(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The entries of this JVM's class path whose file name starts with one of the prefixes. */
  public static String jars(String... prefixes) {
    StringBuilder path = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      for (String prefix : prefixes) {
        if (name.startsWith(prefix)) {
          path.append(path.isEmpty() ? "" : File.pathSeparator).append(entry);
        }
      }
    }
    return path.toString();
  }

  /** The OkHttp of a set that the build copied, {@code oldest} or {@code newest}. */
  public static String okhttp(String set) {
    return Path.of(System.getProperty("okhttp.sets"), set) + File.separator + "*";
  }

  /** The test class path with the newest OkHttp in the place of the one that others use. */
  public static String newestOkHttp() {
    StringBuilder path = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (!name.startsWith("okhttp") && !name.startsWith("okio")) {
        path.append(entry).append(File.pathSeparator);
      }
    }
    return path + okhttp("newest");
  }

  /** The compiled test classes, without any library. */
  public static String testClasses() {
    return jars("test-classes");
  }

  /** What came of a program. */
  public record Run(int exit, String stdout, String stderr, LogLines log) {}
}

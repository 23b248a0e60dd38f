package io.github.mcpauth.junit;

import io.github.mcpauth.junit.sample.Kit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs tests in a JVM of their own with the packaged agent, and tells what became of them. */
final class Fork {

  private static final Path AGENT = Path.of(System.getProperty("agent.jar")).normalize();

  private final Path work;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private boolean withAgent = true;
  private String classPath =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> !Path.of(entry).normalize().equals(AGENT))
          .collect(Collectors.joining(File.pathSeparator));

  private Fork(Path work) {
    this.work = work;
    settings.put("log.file", work.resolve("mcpauth.jsonl").toString());
  }

  static Fork in(Path work) {
    return new Fork(work);
  }

  Fork withoutAgent() {
    withAgent = false;
    return this;
  }

  Fork jarOnClassPath() {
    classPath += File.pathSeparator + AGENT;
    return this;
  }

  /** With JUnit 6 and Spring Boot 4. */
  Fork newest() {
    return with(Path.of(System.getProperty("newest")), "junit-", "spring-", "micrometer-");
  }

  /** With an older JUnit, such as 5.9. */
  Fork junit(String version) {
    return with(Path.of(System.getProperty("build"), "junit-" + version), "junit-");
  }

  /** The jars of a folder in the place of those whose names begin so. */
  private Fork with(Path jars, String... names) {
    classPath =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !isReplaced(Path.of(entry).getFileName().toString(), names))
            .collect(Collectors.joining(File.pathSeparator));
    classPath += File.pathSeparator + jars.resolve("*");
    return this;
  }

  private static boolean isReplaced(String jar, String... names) {
    return jar.endsWith(".jar") && Stream.of(names).anyMatch(jar::startsWith);
  }

  Fork set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /**
   * @param parameters of JUnit, {@code key=value}, or further classes
   */
  Outcome run(Class<?> tests, String... parameters) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    if (withAgent) {
      String options =
          settings.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining(","));
      command.add("-javaagent:" + AGENT + "=" + options);
    }
    command.addAll(List.of("-cp", classPath, Kit.class.getName(), tests.getName()));
    command.addAll(List.of(parameters));
    try {
      Path out = work.resolve("out.txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MCPAUTH_"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.redirectOutput(out.toFile()).redirectError(work.resolve("err.txt").toFile());
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running\n" + Files.readString(out));
      }
      return new Outcome(Files.readString(out), logs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  /**
   * What the test kit said.
   *
   * @param printed by {@link Kit}
   * @param logs files of the agent's log
   */
  record Outcome(String printed, List<Path> logs) {

    /** The only outcome of a test. */
    String of(String test) {
      List<String> all = allOf(test);
      if (all.size() != 1) {
        throw new AssertionError(test + ": " + all + " in\n" + printed);
      }
      return all.get(0);
    }

    List<String> allOf(String test) {
      return printed
          .lines()
          .filter(line -> line.startsWith("=") && line.endsWith(" " + test))
          .map(line -> line.substring(1, line.indexOf(' ')))
          .toList();
    }

    /** What it failed, or was skipped, with. */
    String textOf(String test) {
      StringBuilder text = new StringBuilder();
      boolean its = false;
      for (String line : printed.lines().toList()) {
        if (line.startsWith("=")) {
          its = line.endsWith(" " + test);
        } else if (its && line.startsWith("| ")) {
          text.append(line.substring(2)).append('\n');
        }
      }
      return text.toString();
    }

    /** The lines of the log. */
    List<String> log() {
      List<String> lines = new ArrayList<>();
      for (Path log : logs) {
        try {
          lines.addAll(Files.readAllLines(log));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return lines;
    }
  }
}

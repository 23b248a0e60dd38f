package io.github.mcpauth.demo;

import io.github.mcpauth.demo.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host in a JVM of its own, run to its end, and what it and the agent had to say. */
record HostRun(int exit, String stdout, String stderr, List<String> findings) {

  private static final int LONGEST_SECONDS = 60;
  private static final Pattern FINDING =
      Pattern.compile("\"event.name\":\"finding\".*?\"mcpauth.rule\":\"([a-z0-9-]+)\"");

  static HostRun without(List<String> properties, String url)
      throws IOException, InterruptedException {
    return run(properties, url, null);
  }

  static HostRun with(
      Path agent, Path log, List<String> settings, List<String> properties, String url)
      throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    StringBuilder option = new StringBuilder("-javaagent:" + agent + "=log.file=" + log);
    settings.forEach(setting -> option.append(',').append(setting));
    List<String> all = new ArrayList<>(List.of(option.toString()));
    all.addAll(properties);
    return run(all, url, log);
  }

  boolean connected() {
    return exit == 0;
  }

  private static HostRun run(List<String> options, String url, @Nullable Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Host.class.getName(), url));
    Path out = Files.createTempFile("mcpauth-demo", ".out");
    Path err = Files.createTempFile("mcpauth-demo", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the host did not end within " + LONGEST_SECONDS + " s");
    }
    HostRun run =
        new HostRun(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8),
            log == null ? List.of() : findings(log));
    Files.delete(out);
    Files.delete(err);
    return run;
  }

  private static List<String> findings(Path log) throws IOException {
    List<String> rules = new ArrayList<>();
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
        Matcher matcher = FINDING.matcher(line);
        if (matcher.find()) {
          rules.add(matcher.group(1));
        }
      }
    }
    return rules;
  }
}

package io.github.mcpauth.agent.check;

import io.github.mcpauth.agent.check.client.ClientProfile;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.agent.check.walk.Step;
import io.github.mcpauth.agent.check.walk.Walk;
import io.github.mcpauth.agent.check.walk.Walked;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.recorder.DirectRecorder;
import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.LogSet;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.RecordingReader;
import io.github.mcpauth.agent.recording.Run;
import io.github.mcpauth.agent.settings.KnownRules;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.agent.settings.Version;
import io.github.mcpauth.rules.engine.Catalogue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks servers, each with rules and a log of its own, and reads from the log what was found: as of
 * any application's.
 *
 * @param client how to ask
 * @param timeout of one request, twice: to connect, and to be answered
 * @param headerBytes whether to look for the size of head at which a server refuses
 * @param log where the log is to stay; null where nobody wants it
 * @param err for what is wrong with settings
 */
public record Checker(
    ClientProfile client,
    Duration timeout,
    boolean headerBytes,
    @Nullable Path log,
    PrintStream err) {

  /**
   * Checks one server.
   *
   * @param heard hears of each step as it is done
   * @throws IOException where the log cannot be written
   */
  public Checked check(Target target, Consumer<Step> heard) throws IOException {
    Path file = log;
    if (file != null) {
      return check(target, heard, file);
    }
    Path folder = Files.createTempDirectory("mcp-auth-check"); // For its owner only.
    Path temporary = folder.resolve("check.jsonl");
    try {
      return check(target, heard, temporary);
    } finally {
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(folder);
    }
  }

  private Checked check(Target target, Consumer<Step> heard, Path file) throws IOException {
    Walked walked;
    Settings settings = settings(file);
    try (DirectRecorder recorder = new DirectRecorder(settings, started(), err)) {
      Walk walk = new Walk(target, client, settings, timeout, recorder, heard, Version.current());
      walked = walk.run(headerBytes);
    }
    if (!Files.exists(file)) {
      throw new IOException("cannot write the log " + file);
    }
    Recording recording = new RecordingReader(Limits.FINDINGS_ONLY).read(LogSet.of(List.of(file)));
    List<Run> runs = recording.runs();
    return new Checked(walked, runs.isEmpty() ? List.of() : runs.get(runs.size() - 1).findings());
  }

  private static Map<Field, Object> started() {
    return Map.of(
        Field.VERSION,
        Version.current(),
        Field.JAVA_VERSION,
        System.getProperty("java.version", ""),
        Field.JAVA_VENDOR,
        System.getProperty("java.vendor", ""),
        Field.CLIENTS,
        List.of("check"),
        Field.SETTINGS,
        List.of(),
        Field.SETTINGS_PROBLEMS,
        List.of());
  }

  /** As an agent would have them in this process, but for what a check does not do. */
  private static Settings settings(Path file) {
    Map<String, String> ours =
        Map.of(
            "mcpauth.log.file",
            file.toString(),
            "mcpauth.console",
            "off",
            "mcpauth.capture.unsafe",
            "false");
    KnownRules names =
        new KnownRules() {
          @Override
          public Set<String> rules() {
            return Catalogue.ruleNames();
          }

          @Override
          public Set<String> fixes() {
            return Catalogue.fixNames();
          }
        };
    return SettingsLoader.load(
        ours,
        System.getProperties(),
        System.getenv(),
        names,
        System.currentTimeMillis(),
        ProcessHandle.current().pid());
  }
}

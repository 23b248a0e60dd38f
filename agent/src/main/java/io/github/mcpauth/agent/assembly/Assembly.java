package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.cli.Version;
import io.github.mcpauth.agent.exchange.Guard;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.jdkhttp.JdkHttp;
import io.github.mcpauth.agent.log.Recording;
import io.github.mcpauth.agent.okhttp.OkHttp;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.agent.weave.Bridge;
import io.github.mcpauth.agent.weave.Weaver;
import io.github.mcpauth.rules.diagnosis.Catalogue;
import io.github.mcpauth.rules.diagnosis.Config;
import io.github.mcpauth.rules.diagnosis.Diagnosis;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of tier 1: settings, recorder, diagnosis, pipeline, hooks. Until a hook is
 * in the bridge, woven code does nothing.
 */
public final class Assembly {

  private static final Duration LONGEST_EXIT = Duration.ofSeconds(2);

  /** Puts everything together and returns what weaves the clients; runs while a class loads. */
  public static ClassFileTransformer start(
      @Nullable String options, Instrumentation instrumentation, PrintStream err) throws Exception {
    Settings settings =
        SettingsLoader.load(
            options,
            System.getProperties(),
            System.getenv(),
            Catalogue.ruleNames(),
            Catalogue.fixNames(),
            System.currentTimeMillis(),
            ProcessHandle.current().pid());
    if (!settings.enabled()) {
      return new Nothing();
    }
    Recording recording = Recording.start(settings, err, Started.fields(settings));
    Diagnosis diagnosis = new Diagnosis(config(settings), Clock.systemUTC(), recording);
    recording.everySoOften(diagnosis::tick);
    Pipeline pipeline = new Pipeline(diagnosis, recording, Clock.systemUTC(), settings.bodyLimit());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(pipeline, diagnosis, recording), "mcpauth-exit"));
    Bridge.define(instrumentation);
    Bridge.install(JdkHttp.hooks(pipeline, new Guard("java.net.http", recording)));
    Bridge.install(OkHttp.hook(pipeline, new Guard("okhttp", recording)));
    return new Weaver(
        missing -> recording.agent("agent.error", Map.of("mcpauth.hook.missing", missing)));
  }

  private static Config config(Settings settings) {
    return new Config(
        settings.disabledRules(),
        settings.autofix(),
        settings.fixes(),
        settings.headersLimit(),
        settings.headersWarn());
  }

  private static void stop(Pipeline pipeline, Diagnosis diagnosis, Recording recording) {
    try {
      pipeline.close();
      diagnosis.close();
      recording.close(LONGEST_EXIT);
    } catch (Throwable e) {
      // The process ends anyway.
    }
  }

  /** Weaves nothing: the user switched the agent off in a properties file. */
  private static final class Nothing implements ClassFileTransformer {}

  /** What the first line of the log says. */
  private static final class Started {

    static Map<String, Object> fields(Settings settings) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("mcpauth.version", Version.current());
      fields.put("java.version", System.getProperty("java.version", ""));
      fields.put("java.vendor", System.getProperty("java.vendor", ""));
      fields.put("mcpauth.clients", List.of("java.net.http", "okhttp"));
      Map<String, Object> effective = new LinkedHashMap<>();
      for (Settings.Origin origin : settings.origins()) {
        Map<String, Object> setting = new LinkedHashMap<>(); // Map.of has another order each time.
        setting.put("value", origin.value());
        setting.put("from", origin.source());
        effective.put(origin.key(), setting);
      }
      fields.put("mcpauth.settings", effective);
      fields.put("mcpauth.settings.problems", settings.problems());
      return fields;
    }
  }

  private Assembly() {}
}

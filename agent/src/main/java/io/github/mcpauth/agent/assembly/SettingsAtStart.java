package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.console.Console;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.agent.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Looks at the settings before the host runs, where any is given: tells what is wrong with them,
 * whether the host ever makes a request or not, and whether they switch the agent off.
 */
public final class SettingsAtStart {

  private static volatile List<String> told = List.of();

  /**
   * Returns whether the agent is to watch this JVM.
   *
   * @param options the agent's, by key with its prefix
   */
  public static boolean check(Map<String, String> options, PrintStream err) {
    Settings settings = SettingsSources.load(options);
    if (settings.enabled() && !settings.problems().isEmpty()) {
      told = settings.problems();
      if (settings.console() != Settings.Console.OFF) {
        tell(settings.problems(), err);
      }
    }
    return settings.enabled();
  }

  private static void tell(List<String> problems, PrintStream err) {
    Console console = new Console(err, System.getenv("COLUMNS"));
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    for (String problem : problems) {
      console.say(redactor.redact(Map.of(Field.MESSAGE.key(), problem)));
    }
  }

  /** The settings without the problems that a person was told of. */
  static Settings withoutTold(Settings settings) {
    return settings.withoutProblems(told);
  }

  private SettingsAtStart() {}
}

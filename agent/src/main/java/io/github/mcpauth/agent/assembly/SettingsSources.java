package io.github.mcpauth.agent.assembly;

import io.github.mcpauth.agent.settings.KnownRules;
import io.github.mcpauth.agent.settings.Pid;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.engine.Catalogue;
import java.util.Map;
import java.util.Set;

/** The sources that settings have in a running JVM. */
final class SettingsSources {

  /**
   * The settings in force at this moment.
   *
   * @param options the agent's, by key with its prefix
   */
  static Settings load(Map<String, String> options) {
    return SettingsLoader.load(
        options,
        System.getProperties(),
        System.getenv(),
        new Catalogued(),
        System.currentTimeMillis(),
        Pid.current());
  }

  /** The catalogue's names: to ask for them makes every rule. */
  private static final class Catalogued implements KnownRules {
    @Override
    public Set<String> rules() {
      return Catalogue.ruleNames();
    }

    @Override
    public Set<String> fixes() {
      return Catalogue.fixNames();
    }
  }

  private SettingsSources() {}
}

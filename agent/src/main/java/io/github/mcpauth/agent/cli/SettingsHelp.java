package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.settings.SettingSpec;
import java.util.ArrayList;
import java.util.List;

/** The agent's settings, as the end of the help. */
final class SettingsHelp {

  /** Lines in picocli's markup, in which a percent sign is written twice. */
  static String[] footer() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Exit codes: 0 clean, 1 findings, 2 usage, 3 unreachable.");
    lines.add("");
    lines.add("The agent's settings, from agent options (the prefix may be left out), -D system");
    lines.add("properties, environment (MCPAUTH_LOG_FILE), properties file (mcpauth.config).");
    lines.add("The default comes first.");
    lines.add("");
    for (SettingSpec spec : SettingSpec.all()) {
      lines.add("  " + spec.key() + " = " + spec.values());
      lines.add("      " + spec.meaning());
    }
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  private SettingsHelp() {}
}

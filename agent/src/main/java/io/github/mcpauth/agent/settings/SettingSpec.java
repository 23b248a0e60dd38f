package io.github.mcpauth.agent.settings;

import java.util.List;

/**
 * What there is to know of a setting: the source of {@code --help}, of did-you-mean and of the
 * reference.
 *
 * @param key with the prefix; {@code <rule>} stands for a rule's name
 * @param values what may be given, the default first
 */
public record SettingSpec(String key, String values, String meaning) {

  static final String PREFIX = "mcpauth.";
  static final String RULES = PREFIX + "rules.";
  static final String AUTOFIX = PREFIX + "autofix.";

  private static final List<SettingSpec> ALL =
      List.of(
          spec("enabled", "true | false", "false: nothing is instrumented"),
          spec("config", "<path>", "properties file with any of these keys"),
          spec(
              "log.file",
              "~/.mcpauth/logs/mcpauth-<start time>-<pid>.jsonl | <path>",
              "where the JSON lines go; %p is the process id"),
          spec("log.max-size", "20MiB | <size>", "size at which the log file is rotated"),
          spec(
              "log.max-files", "10 | 1..1000", "log files that are kept, the current one included"),
          spec("console", "findings | off | all", "what is shown on stderr"),
          spec(
              "capture",
              "default | minimal | everything",
              "minimal: no bodies, no header values; everything: secrets in clear"),
          spec("capture.unsafe", "false | true", "must be true as well for capture=everything"),
          spec("capture.body-limit", "64KiB | <size>", "most bytes of a body kept for reading"),
          spec("headers.limit", "8KiB | <size>", "request header size that servers still take"),
          spec("headers.warn", "6KiB | <size>", "size from which a warning is due"),
          spec("rules.<rule>", "on | off", "one diagnosis"),
          spec("autofix", "off | dry-run | safe", "every fix that is marked safe"),
          spec("autofix.<rule>", "off | dry-run | on", "one fix; wins over mcpauth.autofix"),
          spec(
              "users",
              "several | one",
              "one: this process acts for one user, so a fix may give a request without a token"
                  + " the one login's"));

  public static List<SettingSpec> all() {
    return ALL;
  }

  private static SettingSpec spec(String key, String values, String meaning) {
    return new SettingSpec(PREFIX + key, values, meaning);
  }
}

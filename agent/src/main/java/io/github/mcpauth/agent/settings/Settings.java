package io.github.mcpauth.agent.settings;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every setting with its value in force. Immutable.
 *
 * @param enabled {@code mcpauth.enabled}
 * @param logFile {@code mcpauth.log.file}, with {@code %p} and the default's placeholders resolved
 * @param logMaxSize {@code mcpauth.log.max-size} in bytes
 * @param logMaxFiles {@code mcpauth.log.max-files}
 * @param bodyLimit {@code mcpauth.capture.body-limit} in bytes
 * @param headersLimit {@code mcpauth.headers.limit} in bytes
 * @param headersWarn {@code mcpauth.headers.warn} in bytes
 * @param disabledRules rules with {@code mcpauth.rules.<rule>=off}
 * @param autofix {@code mcpauth.autofix}; ON stands for {@code safe}
 * @param fixes {@code mcpauth.autofix.<rule>} by rule
 * @param users {@code mcpauth.users}
 * @param origins of every setting that differs from its default
 * @param problems what was wrong with the sources: a sentence each, for stderr and the log
 */
public record Settings(
    boolean enabled,
    String logFile,
    long logMaxSize,
    int logMaxFiles,
    Console console,
    Capture capture,
    int bodyLimit,
    int headersLimit,
    int headersWarn,
    Set<String> disabledRules,
    FixMode autofix,
    Map<String, FixMode> fixes,
    Users users,
    List<Origin> origins,
    List<String> problems) {

  /** Whether somebody said where the log is to be. */
  public boolean logFileGiven() {
    return origins.stream().anyMatch(each -> each.key().equals(SettingSpec.PREFIX + "log.file"));
  }

  /** The same without some of its problems. */
  public Settings withoutProblems(List<String> known) {
    List<String> rest = problems.stream().filter(each -> !known.contains(each)).toList();
    return new Settings(
        enabled,
        logFile,
        logMaxSize,
        logMaxFiles,
        console,
        capture,
        bodyLimit,
        headersLimit,
        headersWarn,
        disabledRules,
        autofix,
        fixes,
        users,
        origins,
        rest);
  }

  /** What is shown to a person on stderr. */
  public enum Console {
    FINDINGS,
    OFF,
    ALL
  }

  /** How much is taken down. */
  public enum Capture {
    DEFAULT,
    MINIMAL,
    EVERYTHING
  }

  /**
   * Where a value came from.
   *
   * @param source e.g. {@code "system property"}, {@code "environment MCPAUTH_CONSOLE"}
   */
  public record Origin(String key, String value, String source) {}
}

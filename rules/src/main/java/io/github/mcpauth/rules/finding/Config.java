package io.github.mcpauth.rules.finding;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a user may set about diagnosis and repair, and what is known of the application.
 *
 * @param disabledRules names of rules that are switched off
 * @param autofix the mode of every fix that is marked safe
 * @param fixes the mode of single fixes by rule name; wins over {@code autofix}
 * @param headersLimit request head size in bytes that common servers still take
 * @param headersWarn request head size in bytes from which a warning is due
 * @param users how many users the process acts for
 * @param sdks labels of the {@link McpSdk}s whose classes have loaded so far
 */
public record Config(
    Set<String> disabledRules,
    FixMode autofix,
    Map<String, FixMode> fixes,
    int headersLimit,
    int headersWarn,
    Users users,
    Supplier<Set<String>> sdks) {

  public static final Config DEFAULT =
      new Config(Set.of(), FixMode.OFF, Map.of(), 8 * 1024, 6 * 1024, Users.SEVERAL);

  /** For an application of which nothing is known. */
  public Config(
      Set<String> disabledRules,
      FixMode autofix,
      Map<String, FixMode> fixes,
      int headersLimit,
      int headersWarn,
      Users users) {
    this(disabledRules, autofix, fixes, headersLimit, headersWarn, users, Set::of);
  }

  /** For a process that acts for several users, as any may. */
  public Config(
      Set<String> disabledRules,
      FixMode autofix,
      Map<String, FixMode> fixes,
      int headersLimit,
      int headersWarn) {
    this(disabledRules, autofix, fixes, headersLimit, headersWarn, Users.SEVERAL);
  }

  /** Whether any fix is enabled, be it in dry run. */
  public boolean repairs() {
    boolean any = autofix != FixMode.OFF;
    for (FixMode mode : fixes.values()) {
      any |= mode != FixMode.OFF;
    }
    return any;
  }
}

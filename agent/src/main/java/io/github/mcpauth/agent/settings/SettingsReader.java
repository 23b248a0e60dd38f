package io.github.mcpauth.agent.settings;

import io.github.mcpauth.agent.settings.Settings.Capture;
import io.github.mcpauth.agent.settings.Settings.Console;
import io.github.mcpauth.agent.settings.SettingsLoader.Sourced;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Users;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns gathered texts into typed settings; a bad one becomes a problem and its default holds. */
final class SettingsReader {

  private final Map<String, Sourced> values;
  private final List<String> problems;

  SettingsReader(Map<String, Sourced> values, List<String> problems) {
    this.values = values;
    this.problems = problems;
  }

  Settings read(String home, long startMillis, long pid) {
    int bodyLimit = (int) size("capture.body-limit", 64 * 1024, 16L << 20);
    int limit = (int) size("headers.limit", 8 * 1024, 1L << 30);
    int warn = (int) size("headers.warn", 6 * 1024, 1L << 30);
    return new Settings(
        bool("enabled", true, "true or false"),
        logFile(home, startMillis, pid),
        size("log.max-size", 20L << 20, 1L << 40),
        files(),
        constant("console", Console.FINDINGS, "findings, off or all"),
        capture(),
        bodyLimit,
        limit,
        warn,
        disabledRules(),
        autofix(),
        fixes(),
        constant("users", Users.SEVERAL, "several or one"),
        origins(),
        List.copyOf(problems));
  }

  private String logFile(String home, long startMillis, long pid) {
    Sourced given = given("log.file");
    if (given != null) {
      return UserHome.expand(given.value(), home).replace("%p", String.valueOf(pid));
    }
    String start =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochMilli(startMillis));
    return home + "/.mcpauth/logs/mcpauth-" + start + "-" + pid + ".jsonl";
  }

  private Capture capture() {
    Capture wanted = constant("capture", Capture.DEFAULT, "default, minimal or everything");
    boolean unsafe = bool("capture.unsafe", false, "true or false");
    if (wanted == Capture.EVERYTHING && !unsafe) {
      problems.add(
          "mcpauth.capture=everything would write secrets in clear; it needs"
              + " mcpauth.capture.unsafe=true as well, so default holds");
      return Capture.DEFAULT;
    }
    return wanted;
  }

  private Set<String> disabledRules() {
    Set<String> disabled = new TreeSet<>();
    for (String rule : named(SettingSpec.RULES)) {
      if (!bool("rules." + rule, true, "on or off")) {
        disabled.add(rule);
      }
    }
    return Set.copyOf(disabled);
  }

  private Map<String, FixMode> fixes() {
    Map<String, FixMode> fixes = new LinkedHashMap<>();
    for (String rule : named(SettingSpec.AUTOFIX)) {
      fixes.put(rule, constant("autofix." + rule, FixMode.OFF, "off, dry-run or on"));
    }
    return Map.copyOf(fixes);
  }

  /** What stands after the prefix in the keys that are set. */
  private List<String> named(String prefix) {
    List<String> names = new ArrayList<>();
    for (String key : values.keySet()) {
      if (key.startsWith(prefix)) {
        names.add(key.substring(prefix.length()));
      }
    }
    return names;
  }

  private List<Settings.Origin> origins() {
    List<Settings.Origin> origins = new ArrayList<>();
    for (Map.Entry<String, Sourced> entry : values.entrySet()) {
      Sourced value = entry.getValue();
      origins.add(new Settings.Origin(entry.getKey(), value.value(), value.source()));
    }
    return List.copyOf(origins);
  }

  private boolean bool(String key, boolean otherwise, String allowed) {
    Sourced given = given(key);
    Boolean value = given == null ? null : SettingValues.bool(given.value());
    return checked(key, given, value, otherwise, allowed);
  }

  private long size(String key, long otherwise, long most) {
    Sourced given = given(key);
    Long bytes = given == null ? null : SettingValues.size(given.value());
    Long value = bytes == null || bytes > most ? null : bytes;
    return checked(key, given, value, otherwise, "a size such as 64KiB, 20MiB or 65536");
  }

  private <E extends Enum<E>> E constant(String key, E otherwise, String allowed) {
    Sourced given = given(key);
    E value =
        given == null ? null : SettingValues.constant(otherwise.getDeclaringClass(), given.value());
    return checked(key, given, value, otherwise, allowed);
  }

  private int files() {
    Sourced given = given("log.max-files");
    Long number = given == null ? null : SettingValues.size(given.value());
    boolean digits = given != null && !given.value().isEmpty();
    for (int i = 0; given != null && i < given.value().length(); i++) {
      char c = given.value().charAt(i);
      digits &= c >= '0' && c <= '9';
    }
    Integer files = !digits || number == null || number > 1000 ? null : number.intValue();
    return checked("log.max-files", given, files, 10, "a number from 1 to 1000");
  }

  private FixMode autofix() {
    Sourced given = given("autofix");
    String text = given == null ? "" : given.value();
    FixMode value =
        "safe".equalsIgnoreCase(text)
            ? FixMode.ON
            : "on".equalsIgnoreCase(text) ? null : SettingValues.constant(FixMode.class, text);
    return checked("autofix", given, value, FixMode.OFF, "off, dry-run or safe");
  }

  private @Nullable Sourced given(String key) {
    return values.get(SettingSpec.PREFIX + key);
  }

  /** The value that a text was read as, or where it is none a problem and the default. */
  private <V> V checked(
      String key, @Nullable Sourced given, @Nullable V value, V otherwise, String allowed) {
    if (given == null) {
      return otherwise;
    }
    if (value != null) {
      return value;
    }
    String full = SettingSpec.PREFIX + key;
    problems.add(
        full
            + "="
            + given.value()
            + " ("
            + given.source()
            + ") is not "
            + allowed
            + "; the default holds");
    values.remove(full);
    return otherwise;
  }
}

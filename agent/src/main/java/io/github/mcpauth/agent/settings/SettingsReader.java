package io.github.mcpauth.agent.settings;

import io.github.mcpauth.agent.settings.Settings.Capture;
import io.github.mcpauth.agent.settings.Settings.Console;
import io.github.mcpauth.agent.settings.SettingsLoader.Sourced;
import io.github.mcpauth.rules.fix.FixMode;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns gathered texts into typed settings; a bad one becomes a problem and its default holds. */
final class SettingsReader {

  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Reads a value; null means that the text is none. */
  private interface Parser<V> {
    @Nullable V read(String text);
  }

  private final Map<String, Sourced> values;
  private final List<String> problems;

  SettingsReader(Map<String, Sourced> values, List<String> problems) {
    this.values = values;
    this.problems = problems;
  }

  Settings read(String home, long startMillis, long pid) {
    int bodyLimit = size("capture.body-limit", 64 * 1024, 16L << 20).intValue();
    int limit = size("headers.limit", 8 * 1024, 1L << 30).intValue();
    int warn = size("headers.warn", 6 * 1024, 1L << 30).intValue();
    return new Settings(
        get("enabled", true, Values::bool, "true or false"),
        logFile(home, startMillis, pid),
        size("log.max-size", 20L << 20, 1L << 40),
        get("log.max-files", 10, SettingsReader::files, "a number from 1 to 1000"),
        get("console", Console.FINDINGS, constant(Console.class), "findings, off or all"),
        capture(),
        bodyLimit,
        limit,
        warn,
        disabledRules(),
        get("autofix", FixMode.OFF, SettingsReader::autofix, "off, dry-run or safe"),
        fixes(),
        origins(),
        List.copyOf(problems));
  }

  private String logFile(String home, long startMillis, long pid) {
    Sourced given = values.get(SettingSpec.PREFIX + "log.file");
    if (given != null) {
      return given.value().replace("%p", String.valueOf(pid));
    }
    String start = START.format(Instant.ofEpochMilli(startMillis));
    return home + "/.mcpauth/logs/mcpauth-" + start + "-" + pid + ".jsonl";
  }

  private Capture capture() {
    Capture wanted =
        get("capture", Capture.DEFAULT, constant(Capture.class), "default, minimal or everything");
    boolean unsafe = get("capture.unsafe", false, Values::bool, "true or false");
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
    each(
        SettingSpec.RULES,
        rule -> {
          if (!get("rules." + rule, true, Values::bool, "on or off")) {
            disabled.add(rule);
          }
        });
    return Set.copyOf(disabled);
  }

  private Map<String, FixMode> fixes() {
    Map<String, FixMode> fixes = new LinkedHashMap<>();
    each(
        SettingSpec.AUTOFIX,
        rule ->
            fixes.put(
                rule,
                get("autofix." + rule, FixMode.OFF, SettingsReader::fix, "off, dry-run or on")));
    return Map.copyOf(fixes);
  }

  private void each(String prefix, Consumer<String> action) {
    for (String key : List.copyOf(values.keySet())) {
      if (key.startsWith(prefix)) {
        action.accept(key.substring(prefix.length()));
      }
    }
  }

  private List<Settings.Origin> origins() {
    List<Settings.Origin> origins = new ArrayList<>();
    values.forEach(
        (key, value) -> origins.add(new Settings.Origin(key, value.value(), value.source())));
    return List.copyOf(origins);
  }

  private Long size(String key, long otherwise, long most) {
    return get(
        key,
        otherwise,
        text -> {
          Long bytes = Values.size(text);
          return bytes == null || bytes > most ? null : bytes;
        },
        "a size such as 64KiB, 20MiB or 65536");
  }

  private <V> V get(String key, V otherwise, Parser<V> reader, String allowed) {
    String full = SettingSpec.PREFIX + key;
    Sourced given = values.get(full);
    if (given == null) {
      return otherwise;
    }
    V value = reader.read(given.value());
    if (value == null) {
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
    return value;
  }

  private static <E extends Enum<E>> Parser<E> constant(Class<E> type) {
    return text -> Values.constant(type, text);
  }

  private static @Nullable Integer files(String text) {
    boolean number =
        !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int files = number ? Integer.parseInt(text) : 0;
    return files >= 1 && files <= 1000 ? files : null;
  }

  private static @Nullable FixMode autofix(String text) {
    return "safe".equalsIgnoreCase(text)
        ? FixMode.ON
        : "on".equalsIgnoreCase(text) ? null : Values.constant(FixMode.class, text);
  }

  private static @Nullable FixMode fix(String text) {
    return Values.constant(FixMode.class, text);
  }
}

package io.github.mcpauth.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the settings from their five sources, highest first: agent options, system properties,
 * environment, properties file, default. What cannot be used becomes a problem in words; never
 * throws.
 */
public final class SettingsLoader {

  private static final long BIGGEST_FILE = 1 << 20;
  private static final String OPTION = "agent option";

  /** A value and where it came from. */
  record Sourced(String value, String source) {}

  private final KnownRules names;
  private final Set<String> single = new TreeSet<>();
  private @Nullable Set<String> all;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Sourced> values = new LinkedHashMap<>();
  private final String home;

  private SettingsLoader(KnownRules names, String home) {
    this.names = names;
    this.home = home;
    for (SettingSpec spec : SettingSpec.all()) {
      if (!spec.key().contains("<")) {
        single.add(spec.key());
      }
    }
  }

  /** Every key there is; asked for once one is not among the single ones. */
  private Set<String> keys() {
    Set<String> known = all;
    if (known == null) {
      known = new TreeSet<>(single);
      for (String rule : names.rules()) {
        known.add(SettingSpec.RULES + rule);
      }
      for (String fix : names.fixes()) {
        known.add(SettingSpec.AUTOFIX + fix);
      }
      all = known;
    }
    return known;
  }

  /**
   * The settings in force.
   *
   * @param options the agent's, by key with its prefix
   * @param names asked only where a key is given that may hold one
   * @param startMillis when the JVM started, for the default log file's name
   */
  public static Settings load(
      Map<String, String> options,
      Properties system,
      Map<String, String> environment,
      KnownRules names,
      long startMillis,
      long pid) {
    String home = UserHome.of(system, environment);
    SettingsLoader loader = new SettingsLoader(names, home);
    loader.options(options);
    loader.system(system);
    loader.environment(environment);
    loader.file();
    return new SettingsReader(loader.values, loader.problems).read(home, startMillis, pid);
  }

  private void options(Map<String, String> options) {
    for (Map.Entry<String, String> option : options.entrySet()) {
      put(option.getKey(), option.getValue(), OPTION);
    }
  }

  private void system(Properties system) {
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith(SettingSpec.PREFIX)) {
        put(key, system.getProperty(key), "system property");
      }
    }
  }

  private void environment(Map<String, String> environment) {
    Map<String, String> known = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith("MCPAUTH_")) {
        if (known.isEmpty()) { // Rarely needed, and long enough to be noticed at start-up.
          for (String each : keys()) {
            known.put(variable(each), each);
          }
        }
        String key = known.get(name);
        if (key == null) {
          String nearest = Names.nearest(name.toLowerCase(Locale.ROOT), lower(known.keySet()));
          unknown(name, advice(nearest == null ? null : nearest.toUpperCase(Locale.ROOT)));
        } else if (!variable.getValue().isBlank()) { // An empty variable is one that is not set.
          put(key, variable.getValue(), "environment " + name);
        }
      }
    }
  }

  private static Set<String> lower(Set<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private void file() {
    Sourced config = values.get(SettingSpec.PREFIX + "config");
    if (config == null) {
      return;
    }
    try {
      Path path = Path.of(UserHome.expand(config.value(), home));
      if (!Files.isRegularFile(path)) {
        problem(config, "names no readable file; the other settings stay in force");
      } else if (Files.size(path) > BIGGEST_FILE) {
        problem(config, "is larger than 1 MiB and was not read");
      } else {
        read(path);
      }
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      problem(config, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void read(Path path) throws IOException {
    Properties properties = SettingsFile.read(path);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      put(key, properties.getProperty(key), "file " + path);
    }
  }

  private void problem(Sourced value, String what) {
    problems.add("mcpauth.config (" + value.source() + "): " + value.value() + " " + what);
  }

  private void put(String key, String text, String source) {
    String value = unquoted(text.trim());
    if (!single.contains(key) && !keys().contains(key)) {
      unknown(source.equals(OPTION) ? key : key + " (" + source + ")", meant(key, value, source));
    } else if (value.isEmpty()) {
      problems.add(key + " (" + source + ") has no value: " + complete(key));
    } else if (source.equals(OPTION) && value.indexOf('"') >= 0) {
      problems.add(key + " (" + source + "): a quote in " + value + " is not closed");
    } else {
      values.putIfAbsent(key, new Sourced(value, source)); // The first source wins.
    }
  }

  /** Without the quotes that the file of an environment, or a start script, leaves around it. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1).trim() : value;
  }

  /** How to write a setting that was only named. */
  private static String complete(String key) {
    return key.startsWith(SettingSpec.AUTOFIX)
        ? "write " + key + "=on to enable the fix, or =dry-run to see what it would do"
        : "write " + key + "=<value>; --help lists the values";
  }

  private void unknown(String name, String advice) {
    problems.add("unknown setting " + name + "; " + advice);
  }

  private String meant(String key, String value, String source) {
    if (key.startsWith(SettingSpec.AUTOFIX)
        && names.rules().contains(key.substring(SettingSpec.AUTOFIX.length()))) {
      return "there is no automatic fix for what this rule finds";
    }
    String full = key.startsWith(SettingSpec.PREFIX) ? key : SettingSpec.PREFIX + key;
    String nearest = keys().contains(full) ? full : Names.nearest(full, keys());
    return value.isEmpty() && source.equals(OPTION) && nearest == null
        ? "--help lists all; a value with a comma in it goes into double quotes"
        : advice(nearest);
  }

  private static String advice(@Nullable String nearest) {
    return nearest == null ? "--help lists all" : "did you mean " + nearest + "?";
  }
}

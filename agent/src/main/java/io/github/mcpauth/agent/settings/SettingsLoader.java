package io.github.mcpauth.agent.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
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

  /** A value and where it came from. */
  record Sourced(String value, String source) {}

  private final RuleNames names;
  private final Set<String> single = new TreeSet<>();
  private @Nullable Set<String> all;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Sourced> values = new LinkedHashMap<>();

  private SettingsLoader(RuleNames names) {
    this.names = names;
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
      RuleNames names,
      long startMillis,
      long pid) {
    SettingsLoader loader = new SettingsLoader(names);
    loader.options(options);
    loader.system(system);
    loader.environment(environment);
    loader.file();
    String home = system.getProperty("user.home", ".");
    return new SettingsReader(loader.values, loader.problems).read(home, startMillis, pid);
  }

  private void options(Map<String, String> options) {
    for (Map.Entry<String, String> option : options.entrySet()) {
      put(option.getKey(), option.getValue(), "agent option");
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
          unknown(name, nearest == null ? null : nearest.toUpperCase(Locale.ROOT));
        } else {
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
      Path path = Path.of(config.value());
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
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    Properties properties = new Properties();
    properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
    for (String key : properties.stringPropertyNames()) {
      put(key, properties.getProperty(key), "file " + path);
    }
  }

  private void problem(Sourced value, String what) {
    problems.add("mcpauth.config (" + value.source() + "): " + value.value() + " " + what);
  }

  private void put(String key, String value, String source) {
    if (!single.contains(key) && !keys().contains(key)) {
      unknown(key, Names.nearest(key, keys()));
    } else if (!value.isBlank()) {
      values.putIfAbsent(key, new Sourced(value.trim(), source)); // The first source wins.
    }
  }

  private void unknown(String key, @Nullable String nearest) {
    problems.add(
        "unknown setting "
            + key
            + (nearest == null ? "; --help lists all" : "; did you mean " + nearest + "?"));
  }
}

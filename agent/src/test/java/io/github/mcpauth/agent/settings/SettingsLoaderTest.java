package io.github.mcpauth.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five sources, one precedence, and no setting that could stop a JVM. */
class SettingsLoaderTest {

  private static final KnownRules NAMES =
      new KnownRules() {
        @Override
        public Set<String> rules() {
          return Set.of("missing-resource-metadata", "other-rule");
        }

        @Override
        public Set<String> fixes() {
          return Set.of("missing-resource-metadata");
        }
      };

  private final Properties system = new Properties();

  private Settings load(@Nullable String options, Map<String, String> environment) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String option : options == null ? new String[0] : options.split(",")) {
      String[] pair = option.split("=", 2);
      given.put("mcpauth." + pair[0], pair[1]);
    }
    return SettingsLoader.load(given, system, environment, NAMES, 0, 42);
  }

  @Test
  void theDefaultsHoldWhereNothingIsSaid() {
    system.setProperty("user.home", "/home/u");
    Settings settings = load(null, Map.of());
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.logFile())
        .isEqualTo("/home/u/.mcpauth/logs/mcpauth-19700101T000000-42.jsonl");
    assertThat(settings.logMaxSize()).isEqualTo(20L << 20);
    assertThat(settings.bodyLimit()).isEqualTo(64 << 10);
    assertThat(settings.autofix()).isEqualTo(FixMode.OFF);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.origins()).isEmpty();
  }

  @Test
  void theHigherSourceWins(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p"), "\uFEFFmcpauth.console=off\r\n");
    Map<String, String> environment = Map.of("MCPAUTH_CONFIG", file.toString());
    assertThat(load(null, environment).console()).isEqualTo(Settings.Console.OFF);
    environment = Map.of("MCPAUTH_CONFIG", file.toString(), "MCPAUTH_CONSOLE", "all");
    assertThat(load(null, environment).console()).isEqualTo(Settings.Console.ALL);
    system.setProperty("mcpauth.console", "findings");
    assertThat(load(null, environment).console()).isEqualTo(Settings.Console.FINDINGS);
    Settings settings = load("console=off", environment);
    assertThat(settings.console()).isEqualTo(Settings.Console.OFF);
    assertThat(settings.origins())
        .contains(new Settings.Origin("mcpauth.console", "off", "agent option"));
  }

  @Test
  void aLogFileIsNamedAfterTheProcessWhereItSaysSo() {
    assertThat(load("log.file=C:\\logs\\a %p.jsonl", Map.of()).logFile())
        .isEqualTo("C:\\logs\\a 42.jsonl");
  }

  @Test
  void fixesAndRulesAreNamedInEverySource() {
    Settings settings =
        load(
            "rules.other-rule=off",
            Map.of(
                "MCPAUTH_AUTOFIX_MISSING_RESOURCE_METADATA", "dry-run", "MCPAUTH_AUTOFIX", "safe"));
    assertThat(settings.disabledRules()).containsExactly("other-rule");
    assertThat(settings.fixes()).containsEntry("missing-resource-metadata", FixMode.DRY_RUN);
    assertThat(settings.autofix()).isEqualTo(FixMode.ON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consol=off",
        "console=loud",
        "log.max-size=much",
        "log.max-files=0",
        "capture.body-limit=-1",
        "enabled=perhaps",
        "autofix=on",
        "autofix.other-rule=on",
        "rules.nothing=off",
        "config=/no/such/file",
        "capture=everything",
        "headers.limit=99999999999999999999"
      })
  void whatCannotBeUsedIsAProblemInWordsAndTheDefaultHolds(String options) {
    Settings settings = load(options, Map.of());
    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.console()).isEqualTo(Settings.Console.FINDINGS);
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.capture()).isEqualTo(Settings.Capture.DEFAULT);
  }

  @Test
  void aMistypedNameIsAnsweredWithTheNearestOne() {
    assertThat(load("autofix.missing-resource-metdata=on", Map.of()).problems().get(0))
        .contains("did you mean mcpauth.autofix.missing-resource-metadata?");
    assertThat(load(null, Map.of("MCPAUTH_CONSOL", "off")).problems().get(0))
        .contains("MCPAUTH_CONSOLE");
  }

  @Test
  void aShortenedNameIsAnsweredWithTheOneThatStartsSo() {
    assertThat(load("autofix.missing=on", Map.of()).problems().get(0))
        .contains("did you mean mcpauth.autofix.missing-resource-metadata?");
    assertThat(load("headers=1", Map.of()).problems().get(0)).contains("--help");
  }

  @Test
  void everythingNeedsASecondSwitch() {
    assertThat(load("capture=everything,capture.unsafe=true", Map.of()).capture())
        .isEqualTo(Settings.Capture.EVERYTHING);
  }
}

package io.github.mcpauth.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as people write them: half, in quotes, with {@code ~}, as Windows paths. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of POSIX")
class SettingsAsWrittenTest {

  private static final String FIX = "mcpauth.autofix.forbidden-on-connect";

  private static final KnownRules NAMES =
      new KnownRules() {
        @Override
        public Set<String> rules() {
          return Set.of("forbidden-on-connect", "server-error");
        }

        @Override
        public Set<String> fixes() {
          return Set.of("forbidden-on-connect");
        }
      };

  private final Properties system = new Properties();
  private final Path folder;

  SettingsAsWrittenTest(@TempDir Path folder) {
    this.folder = folder;
    system.setProperty("user.home", "/home/u");
    system.setProperty("java.io.tmpdir", "/tmp");
  }

  private Settings load(Map<String, String> options, Map<String, String> environment) {
    return SettingsLoader.load(options, system, environment, NAMES, 0, 42);
  }

  private Settings file(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("mcpauth.properties"), content);
    return load(Map.of("mcpauth.config", file.toString()), Map.of());
  }

  @Test
  void aFixThatIsOnlyNamedIsSaidToBeIncomplete() throws IOException {
    String said = " has no value: write " + FIX + "=on to enable the fix, or =dry-run";
    Settings option = load(Map.of(FIX, ""), Map.of());
    assertThat(option.problems()).singleElement().asString().contains("(agent option)" + said);
    assertThat(option.fixes()).isEmpty();
    assertThat(file(FIX + "\n").problems()).singleElement().asString().contains(said);
    system.setProperty(FIX, " ");
    assertThat(load(Map.of(), Map.of()).problems()).singleElement().asString().contains(said);
  }

  @Test
  void anEmptyVariableIsOneThatIsNotSet() {
    Settings settings = load(Map.of(), Map.of("MCPAUTH_CONSOLE", "", "MCPAUTH_LOG_FILE", " "));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.logFile()).startsWith("/home/u/.mcpauth/logs/");
    assertThat(settings.logFileGiven()).isFalse();
  }

  @Test
  void whatStandsBehindAnUnquotedCommaIsAnsweredWithTheQuotes() {
    assertThat(load(Map.of("mcpauth.log.file", "/a", "mcpauth.b.jsonl", ""), Map.of()).problems())
        .containsExactly(
            "unknown setting mcpauth.b.jsonl; --help lists all; a value with a comma in it goes"
                + " into double quotes");
  }

  @Test
  void aQuoteThatIsNotClosedIsTold() {
    Settings settings = load(Map.of("mcpauth.log.file", "\"/a,console=off"), Map.of());
    assertThat(settings.problems()).singleElement().asString().contains("is not closed");
    assertThat(settings.logFileGiven()).isFalse();
  }

  @Test
  void quotesThatAStartScriptLeavesAreNoPartOfTheValue() throws IOException {
    Map<String, String> environment = Map.of("MCPAUTH_LOG_FILE", "\"/a b/c.jsonl\"");
    assertThat(load(Map.of(), environment).logFile()).isEqualTo("/a b/c.jsonl");
    assertThat(file("mcpauth.users=\"one\"\n").problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "~/m/%p.jsonl, /home/u/m/42.jsonl",
    "~, /home/u",
    "~other/m.jsonl, ~other/m.jsonl",
    "/a/~/m.jsonl, /a/~/m.jsonl"
  })
  void aTildeAtTheStartIsTheUsersFolder(String path, String expected) {
    assertThat(load(Map.of("mcpauth.log.file", path), Map.of()).logFile()).isEqualTo(expected);
  }

  @Test
  void aTildeInTheNameOfTheFileOfSettingsIsOneAsWell() throws IOException {
    system.setProperty("user.home", folder.toString());
    Files.writeString(folder.resolve("p"), "mcpauth.console=off");
    Settings settings = load(Map.of(), Map.of("MCPAUTH_CONFIG", "~/p"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.console()).isEqualTo(Settings.Console.OFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "", "/", "relative"})
  void whereTheJvmKnowsNoHomeItIsHomeAndElseTheTemporaryFolder(String home) {
    system.setProperty("user.home", home);
    String log = ".mcpauth/logs/mcpauth-19700101T000000-42.jsonl";
    assertThat(load(Map.of(), Map.of("HOME", "/people/ann")).logFile())
        .isEqualTo("/people/ann/" + log);
    assertThat(load(Map.of(), Map.of("HOME", "/")).logFile()).isEqualTo("/tmp/" + log);
    assertThat(load(Map.of(), Map.of()).logFile()).isEqualTo("/tmp/" + log);
    system.remove("user.home");
    assertThat(load(Map.of(), Map.of("HOME", "")).logFile()).isEqualTo("/tmp/" + log);
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\logs\\new.jsonl, C:\\logs\\new.jsonl",
    "C:\\users\\tom\\%p.jsonl, C:\\users\\tom\\42.jsonl",
    "C:\\\\logs\\\\new.jsonl, C:\\logs\\new.jsonl",
    "C\\:\\\\logs\\\\new.jsonl, C:\\logs\\new.jsonl",
    "C:/logs/new.jsonl, C:/logs/new.jsonl",
    "/logs/\\u00e9t\\u00e9.jsonl, /logs/été.jsonl",
    "/logs/été.jsonl, /logs/été.jsonl"
  })
  void aFileTakesWindowsPathsWithBackslashesDoubledOrNot(String written, String read)
      throws IOException {
    assertThat(file("mcpauth.log.file=" + written + "\n").logFile()).isEqualTo(read);
  }

  @Test
  void aFileMayBeginWithAByteOrderMarkAndEndItsLinesAsWindowsDoes() throws IOException {
    Settings settings =
        file("\uFEFFmcpauth.console=off\r\n# a remark\r\n" + FIX + " = \\\r\n  dry-run\r\n");
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.console()).isEqualTo(Settings.Console.OFF);
    assertThat(settings.fixes()).containsEntry("forbidden-on-connect", FixMode.DRY_RUN);
  }

  @Test
  void anUnknownKeyInAFileIsAnsweredWithTheFullName() throws IOException {
    String file = folder.resolve("mcpauth.properties").toString();
    assertThat(file("console=off\nautofix.forbiden-on-connect=on\n").problems())
        .containsExactly(
            "unknown setting autofix.forbiden-on-connect (file "
                + file
                + "); did you mean "
                + FIX
                + "?",
            "unknown setting console (file " + file + "); did you mean mcpauth.console?");
  }

  @Test
  void aRuleWithoutAFixIsSaidToHaveNone() {
    assertThat(load(Map.of("mcpauth.autofix.server-error", "on"), Map.of()).problems())
        .containsExactly(
            "unknown setting mcpauth.autofix.server-error; there is no automatic fix for what this"
                + " rule finds");
  }
}

package io.github.mcpauth.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind the equals sign of {@code -javaagent}, and what is decided by it alone. */
class OptionsTest {

  @Test
  void keysComeWithOrWithoutThePrefix() {
    assertThat(Options.parse(" console = off ,mcpauth.capture=minimal,,"))
        .containsExactly(
            Map.entry("mcpauth.console", "off"), Map.entry("mcpauth.capture", "minimal"));
    assertThat(Options.parse(null)).isEmpty();
    assertThat(Options.parse("")).isEmpty();
    assertThat(Options.parse("console")).containsEntry("mcpauth.console", "");
  }

  @Test
  void valuesTakeQuotesEscapesAndWindowsPaths() {
    Map<String, String> options =
        Options.parse("log.file=C:\\logs\\a\\,b %p.jsonl,headers.warn=\"4KiB\",users=\"a,b=c\"");
    assertThat(options)
        .containsExactly(
            Map.entry("mcpauth.log.file", "C:\\logs\\a,b %p.jsonl"),
            Map.entry("mcpauth.headers.warn", "4KiB"),
            Map.entry("mcpauth.users", "a,b=c"));
  }

  @Test
  void aQuoteThatIsNotClosedStaysInItsValue() {
    assertThat(Options.parse("users=\"one\",log.file=a\"b,console=off"))
        .containsExactly(
            Map.entry("mcpauth.users", "one"), Map.entry("mcpauth.log.file", "a\"b,console=off"));
  }

  @Test
  void theLastOfTheSameKeyHolds() {
    assertThat(Options.parse("console=off,mcpauth.console=all"))
        .containsExactly(Map.entry("mcpauth.console", "all"));
  }

  @ParameterizedTest
  @CsvSource({
    "enabled=off, true",
    "mcpauth.enabled=No, true",
    "enabled=0, true",
    "enabled=false, true",
    "enabled=on, false",
    "enabled=perhaps, false",
    "enabled, false",
    "'log.file=\"a,enabled=off\"', false"
  })
  void everyWordForOffSwitchesOff(String options, boolean off) {
    assertThat(Switch.off(Options.parse(options))).isEqualTo(off);
  }

  @Test
  void onlyWhatMayBeWrongIsLookedAt() {
    Properties system = new Properties();
    system.setProperty("java.home", "/jdk");
    system.setProperty("mcpauth.log.file", "a");
    Map<String, String> place = Map.of("mcpauth.log.file", "b");
    Map<String, String> environment = Map.of("PATH", "/bin", "MCPAUTH_LOG_FILE", "c");
    assertThat(GivenSettings.any(place, system, environment)).isFalse();
    assertThat(GivenSettings.any(Map.of("mcpauth.consol", "x"), system, environment)).isTrue();
    assertThat(GivenSettings.any(place, system, Map.of("MCPAUTH_CONFIG", "f"))).isTrue();
    system.setProperty("mcpauth.users", "one");
    assertThat(GivenSettings.any(place, system, environment)).isTrue();
  }
}

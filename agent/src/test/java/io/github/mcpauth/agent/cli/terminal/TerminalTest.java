package io.github.mcpauth.agent.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Colours and width follow what the environment says. */
class TerminalTest {

  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  private static Terminal of(boolean interactive, Map<String, String> environment) {
    return Terminal.of(NOWHERE, NOWHERE, environment, interactive);
  }

  @Test
  void coloursAreForTerminalsThatHaveThemAndPeopleWhoWantThem() {
    assertThat(of(true, Map.of("COLUMNS", "80")).style(Style.ERROR, "x"))
        .isEqualTo("\u001b[1;31mx\u001b[0m");
    assertThat(of(true, Map.of("COLUMNS", "80", "NO_COLOR", "1")).style(Style.ERROR, "x"))
        .isEqualTo("x");
    assertThat(of(true, Map.of("COLUMNS", "80", "NO_COLOR", "")).colour()).isTrue();
    assertThat(of(true, Map.of("COLUMNS", "80", "TERM", "dumb")).colour()).isFalse();
    assertThat(of(false, Map.of()).colour()).isFalse();
    assertThat(of(false, Map.of("FORCE_COLOR", "1")).colour()).isTrue();
    assertThat(of(false, Map.of("FORCE_COLOR", "1", "NO_COLOR", "1")).colour()).isFalse();
  }

  @Test
  void theWidthIsThatOfColumnsWhereItMakesSense() {
    assertThat(of(false, Map.of("COLUMNS", "80")).width()).isEqualTo(80);
    assertThat(of(true, Map.of("COLUMNS", "132")).width()).isEqualTo(132);
    for (String odd : new String[] {"", "0", "-3", "7", "99999", "many"}) {
      assertThat(of(false, Map.of("COLUMNS", odd)).width()).isGreaterThan(1000);
    }
    assertThat(of(false, Map.of()).width()).isGreaterThan(1000);
  }

  @Test
  void textOfPeersDoesNotSteerTheTerminal() {
    assertThat(Plain.text("a\u001b[31mb\u009bc\u202ed\u200be\u2028f\r\ng\u0000\ud800"))
        .isEqualTo("a?[31mb?c?d?e?f  g??");
    assertThat(Plain.text("Zürich § 日本 🙂")).isEqualTo("Zürich § 日本 🙂");
  }
}

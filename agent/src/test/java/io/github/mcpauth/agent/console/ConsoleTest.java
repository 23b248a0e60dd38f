package io.github.mcpauth.agent.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people see is bounded, whatever happens how often. */
class ConsoleTest {

  private static final long MINUTE = 60_000_000_000L;

  @Test
  void aStormOfMessagesIsCutAndCounted() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8));
    Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());
    for (int i = 0; i < 4000; i++) {
      console.say(redactor.redact(Map.of("message", "the same again, number " + i)));
    }
    assertThat(err.size()).isBetween(16 * 1024, 40 * 1024);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .first()
        .isEqualTo("mcpauth: the same again, number 0");
  }

  @Test
  void theBudgetGrowsWithTheMinutesAndTellsOfWhatItMissed() {
    ConsoleBudget budget = new ConsoleBudget(0);
    assertThat(budget.takes(32 * 1024, 0)).isTrue();
    assertThat(budget.takes(1000, 0)).isFalse();
    assertThat(budget.takes(1000, 0)).isFalse();
    assertThat(budget.takes(8000, MINUTE)).isTrue();
    assertThat(budget.missed()).isEqualTo(2);
    assertThat(budget.missed()).isZero();
    assertThat(budget.takes(32 * 1024 + 1, 600 * MINUTE)).isFalse();
  }
}

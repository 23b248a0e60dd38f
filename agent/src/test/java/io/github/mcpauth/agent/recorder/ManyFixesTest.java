package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.settings.NoNames;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However often fixes act, or do not, a person is shown only so much of it. */
class ManyFixesTest {

  private static final int REQUESTS = 400;
  private static final int MOST_SHOWN = 64 * 1024;

  private final Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  ManyFixesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatAFixSkipsIsInTheLogOnly() throws Exception {
    String why = "the request may have run " + "x".repeat(2000);
    report("carried the session over", why);
    assertThat(text().lines()).hasSize(1);
    assertThat(text()).contains("logging to");
    assertThat(
            Files.readString(folder.resolve("x.jsonl")).split("\"event.name\":\"fix.skipped\"", -1))
        .hasSize(REQUESTS + 1);
  }

  @Test
  void whatItDoesDifferentlyEachTimeIsShownToALimit() throws Exception {
    report("went to another place " + "y".repeat(2000), null);
    assertThat(text()).contains("fix [session-lost]");
    assertThat(shown.size()).isLessThan(MOST_SHOWN);
  }

  private void report(String action, @Nullable String skipped) throws Exception {
    Properties system = new Properties();
    system.setProperty("mcpauth.log.file", folder.resolve("x.jsonl").toString());
    Settings settings = SettingsLoader.load(Map.of(), system, Map.of(), new NoNames(), 0, 42);
    RecorderThread recording =
        RecorderThread.start(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            worker -> new RecorderSetup.Session(settings, Map.of()));
    for (int i = 0; i < REQUESTS; i++) {
      recording.fixed(new FixReport("session-lost", action + " " + i, FixMode.ON, i, skipped));
      TimeUnit.MILLISECONDS.sleep(1);
    }
    recording.close(Duration.ofSeconds(20));
  }

  private String text() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}

package io.github.mcpauth.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference of settings says what {@code --help} says. */
class SettingsReferenceTest {

  @Test
  void theTableIsWhatTheSettingsSayOfThemselves() throws IOException {
    String page = Files.readString(Path.of("../docs/settings.md"));
    int start = page.indexOf("| property | values (default first) | meaning |");
    int end = page.indexOf("\n\n", start);
    assertThat(start).isPositive();
    List<String> rows = page.substring(start, end).lines().skip(2).toList();
    assertThat(rows).containsExactlyElementsOf(SettingSpec.all().stream().map(this::row).toList());
  }

  private String row(SettingSpec spec) {
    String values = spec.values().replace("|", "\\|");
    return "| `" + spec.key() + "` | `" + values + "` | " + spec.meaning() + " |";
  }
}

package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in the settings is told at start, in a program that never makes a request as well. */
class SettingsAtStartIT {

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"option", "property", "environment", "file"})
  void aMistypedNameIsToldWithTheOneThatWasMeant(String source) throws IOException {
    Path file = Files.writeString(work.resolve("p.properties"), "mcpauth.consol=all\n");
    ForkedJvm jvm = hello();
    switch (source) {
      case "option" -> jvm.set("consol", "all");
      case "property" -> jvm.jvm("-Dmcpauth.consol=all");
      case "environment" -> jvm.env("MCPAUTH_CONSOL", "all");
      default -> jvm.set("config", file.toString());
    }
    ForkedJvm.Run run = jvm.run();
    assertThat(run.stderr().lines().toList())
        .hasSize(2)
        .endsWith("a word on stderr") // The host's own, which comes later.
        .element(0)
        .asString()
        .startsWith("mcpauth: unknown setting ")
        .containsIgnoringCase("consol")
        .contains("did you mean");
    assertThat(run.stdout()).isEqualTo(hello().withoutAgent().run().stdout()).isNotEmpty();
    assertThat(run.exit()).isEqualTo(3);
  }

  @Test
  void aBadValueIsToldWithWhatIsAllowedAndNoLogIsOpened() {
    ForkedJvm.Run run = hello().set("log.max-size", "much").run();
    assertThat(run.stderr())
        .contains("mcpauth: mcpauth.log.max-size=much (agent option) is not a size such as");
    assertThat(work.resolve("run").resolve("mcpauth.jsonl")).doesNotExist();
  }

  @Test
  void aConsoleThatIsOffStaysSilent() {
    assertThat(hello().set("consol", "all").set("console", "off").run().stderr().lines())
        .containsExactly("a word on stderr");
  }

  @Test
  void settingsInOrderAreNoNews() {
    ForkedJvm.Run run =
        hello().set("autofix.missing-resource-metadata", "on").set("users", "one").run();
    assertThat(run.stderr().lines()).containsExactly("a word on stderr");
  }

  private ForkedJvm hello() {
    return ForkedJvm.in(work.resolve("run")).main(Hello.class);
  }
}

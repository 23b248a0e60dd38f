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

/** {@code mcpauth.enabled=false}, from wherever it comes: nothing is instrumented. */
class SwitchedOffIT {

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(
      strings = {"option", "property", "environment", "file by option", "file by property"})
  void nothingIsInstrumented(String source) throws IOException {
    Path file = work.resolve("off.properties");
    Files.writeString(file, "mcpauth.enabled=false\n");
    ForkedJvm jvm =
        ForkedJvm.in(work.resolve("run")).main(Visible.class, "java.lang.McpAuthBridge");
    switch (source) {
      case "option" -> jvm.set("enabled", "false");
      case "property" -> jvm.jvm("-Dmcpauth.enabled=false");
      case "environment" -> jvm.env("MCPAUTH_ENABLED", "false");
      case "file by option" -> jvm.set("config", file.toString());
      default -> jvm.jvm("-Dmcpauth.config=" + file);
    }
    ForkedJvm.Run run = jvm.run();
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(work.resolve("run").resolve("mcpauth.jsonl")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "no", "0", "False", "\"off\""})
  void everyWordForItSwitchesOffJustAsWell(String word) {
    ForkedJvm.Run run =
        ForkedJvm.in(work.resolve("run"))
            .withoutAgent()
            .jvm("-javaagent:" + ForkedJvm.AGENT + "=enabled=" + word)
            .main(Visible.class, "java.lang.McpAuthBridge")
            .run();
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exit()).isZero();
  }

  @Test
  void aSourceOfHigherPrecedenceWins() throws IOException {
    Path file = work.resolve("off.properties");
    Files.writeString(file, "mcpauth.enabled=false\n");
    ForkedJvm.Run run =
        ForkedJvm.in(work.resolve("run"))
            .set("config", file.toString())
            .set("enabled", "true")
            .main(Visible.class, "java.lang.McpAuthBridge")
            .run();
    assertThat(run.stdout()).contains("java.lang.McpAuthBridge");
  }
}

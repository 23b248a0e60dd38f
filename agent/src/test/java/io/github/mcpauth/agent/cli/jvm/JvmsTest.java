package io.github.mcpauth.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.cli.jvm.Attachment.Listed;
import org.junit.jupiter.api.Test;

/** A JVM's name has its program's arguments. */
class JvmsTest {

  @Test
  void aCredentialAmongTheArgumentsIsNotShown() {
    String name =
        Jvms.name(
            new Listed(
                7,
                "com.acme.Main --port 8080 --token=tulip7meadow"
                    + " --url https://u:gribblefoxnarwhal@h.example/mcp Kd7fQ2xW9mZ4vB6tR1nP0s"));
    assertThat(name)
        .startsWith("com.acme.Main --port 8080 --token=")
        .contains("h.example/mcp")
        .doesNotContain("tulip7meadow", "gribblefox", "Kd7fQ2xW");
  }

  @Test
  void oneWithoutANameIsSaidToHaveNone() {
    assertThat(Jvms.name(new Listed(7, " "))).isEqualTo("(no name)");
  }
}

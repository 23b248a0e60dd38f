package io.github.mcpauth.agent.check.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of common hosts, as their documentation shows them. */
class ConfigFileTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "k-1", "HOST", "a.example");

  private final Path folder;

  ConfigFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        // Claude Code, Cursor, Windsurf, Gemini CLI, VS Code's mcp.json, VS Code's settings.
        "'{\"mcpServers\":{\"s\":{\"type\":\"http\",\"url\":\"https://a.example/mcp\"}}}'",
        "'{\"mcpServers\":{\"s\":{\"url\":\"https://${HOST}/mcp\"}}}'",
        "'{\"mcpServers\":{\"s\":{\"serverUrl\":\"https://${env:HOST}/mcp\"}}}'",
        "'{\"mcpServers\":{\"s\":{\"httpUrl\":\"https://${NONE:-a.example}/mcp\"}}}'",
        "'{\"servers\":{\"s\":{\"url\":\"https://a.example/mcp\"}},\"inputs\":[]}'",
        "'{\"editor.x\":1,\"mcp\":{\"servers\":{\"s\":{\"url\":\"https://a.example/mcp\"}}}}'",
        "'{/* a */\"servers\":{ // b \n \"s\":{\"url\":\"https://a.example/mcp\",},},}'",
      })
  void serversWithAUrlAreTargets(String json) throws IOException, TargetException {
    ConfigFile config = read(json);
    assertThat(config.targets()).hasSize(1);
    assertThat(config.targets().get(0).name()).isEqualTo("s");
    assertThat(config.targets().get(0).url()).hasToString("https://a.example/mcp");
  }

  @Test
  void headersAreFilledInAndProgramsAreNamed() throws IOException, TargetException {
    ConfigFile config =
        read(
            "{\"mcpServers\":{\"p\":{\"command\":\"npx\",\"args\":[\"-y\",\"x\"]},"
                + "\"s\":{\"url\":\"https://a.example/mcp\",\"headers\":"
                + "{\"X-Api-Key\":\"${KEY}\",\"X-Tenant\":\"a \\\" // b\"}}}}");
    assertThat(config.skipped()).containsExactly("p");
    Target target = config.targets().get(0);
    assertThat(target.credentials().first("X-Api-Key")).isEqualTo("k-1");
    assertThat(target.credentials().size()).isEqualTo(1);
    assertThat(target.others().first("X-Tenant")).isEqualTo("a \" // b");
    assertThat(target.toString()).doesNotContain("k-1");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"mcpServers\":{\"s\":{\"url\":\"${MISSING}\"}}}', the environment has no MISSING",
    "'{\"servers\":{\"s\":{\"url\":\"https://a/\",\"headers\":{\"A\":\"${input:k}\"}}}}', input:k",
    "'{\"mcpServers\":{\"s\":{\"url\":\"ftp://a.example\"}}}', not an http or https URL",
    "'{\"mcpServers\":{\"s\":{\"url\":\"https://u:p@a.example\"}}}', user name or password",
    "'{\"mcpServers\":{\"s\":{\"url\":\"https://a/\",\"headers\":{\"A B\":\"x\"}}}}', header",
    "'{\"other\":{}}', has no mcpServers",
    "'[1', is no JSON",
  })
  void whatIsLeftOpenIsSaid(String json, String said) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining(said);
  }

  @Test
  void aTokenComesFromAFileOrACommandAndIsOneWord() throws IOException, TargetException {
    Path file = Files.writeString(folder.resolve("token"), "Bearer abc.def\n");
    assertThat(TokenSource.ofFile(file)).isEqualTo("abc.def");
    assertThat(TokenSource.ofCommand("printf 'xyz\\n'")).isEqualTo("xyz");
    assertThat(TokenSource.ofVariable("KEY", ENVIRONMENT)).isEqualTo("k-1");
    assertThatThrownBy(() -> TokenSource.ofCommand("exit 4")).hasMessageContaining("4");
    assertThatThrownBy(() -> TokenSource.ofCommand("echo error: log in first"))
        .hasMessageContaining("more than a token")
        .hasMessageNotContaining("log in");
  }

  private ConfigFile read(String json) throws IOException, TargetException {
    return ConfigFile.read(Files.writeString(folder.resolve("c.json"), json), ENVIRONMENT);
  }
}

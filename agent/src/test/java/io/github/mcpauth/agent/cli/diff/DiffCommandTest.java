package io.github.mcpauth.agent.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.cli.Typed;
import io.github.mcpauth.agent.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two logs are held beside each other. */
class DiffCommandTest {

  private static final String GOOD = Recordings.log(Recordings.GOOD).toString();

  private final Path folder;

  DiffCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aRunIsLikeItself() {
    Typed typed = Typed.command("diff", GOOD, GOOD);
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines()).containsExactly("The same steps with the same outcomes.");
  }

  @Test
  void anotherPortAnotherTimeAndOtherSecretsAreNoDifference() throws IOException {
    String other =
        changed(
            line ->
                line.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:4711")
                    .replaceAll("\\[fp:[0-9a-f]{3}", "[fp:000")
                    .replaceAll("T0[0-9]:", "T23:"));
    assertThat(Typed.command("diff", GOOD, other).exit()).isZero();
  }

  @Test
  void theFirstStepThatPartsIsShownWithWhatDiffersThere() throws IOException {
    String bad =
        changed(
            line ->
                line.contains("\"mcpauth.role\":\"token\"")
                    ? line.replace(
                            "\"http.response.status_code\":200",
                            "\"http.response.status_code\":400")
                        .replace(
                            "\"grant_type\":\"authorization_code\"", "\"grant_type\":\"password\"")
                        .replace("\"application/x-www-form-urlencoded\"", "\"text/plain\"")
                    : line);
    Typed typed = Typed.command("diff", GOOD, bad);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .containsPattern("The first \\d+ steps are the same\\.")
        .containsPattern("good  #\\d+ token POST: 200\nbad   #\\d+ token POST: 400\n")
        .contains("  ~ request header content-type: text/plain; was application/x-www-form")
        .contains("  ~ form field grant_type: password; was authorization_code");
  }

  @Test
  void aRunThatEndsEarlierPartsThere() throws IOException {
    String bad = changed(line -> line.contains("tools/call") ? "" : line);
    List<String> lines = Files.readAllLines(Path.of(bad));
    String shorter = Files.write(folder.resolve("y.jsonl"), lines.subList(0, 20)).toString();
    Typed typed = Typed.command("diff", GOOD, shorter);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("bad   nothing more");
  }

  @Test
  void settingsThatDifferAndFindingsThatAreNewAreShown() {
    Typed typed = Typed.command("diff", GOOD, Recordings.log("no-hint").toString());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .contains(
            "~ mcpauth.settings.effective: default; was mcpauth.autofix.missing-resource-metadata")
        .contains("error [missing-resource-metadata]");
    assertThat(Typed.command("diff", GOOD).exit()).isEqualTo(2);
    assertThat(Typed.command("diff", GOOD, "none.jsonl").exit()).isEqualTo(2);
  }

  private String changed(UnaryOperator<String> change) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(GOOD)).stream()
            .map(change)
            .filter(line -> !line.isEmpty())
            .toList();
    return Files.write(folder.resolve("x.jsonl"), lines).toString();
  }
}

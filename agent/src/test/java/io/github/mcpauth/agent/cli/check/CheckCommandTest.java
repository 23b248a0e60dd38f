package io.github.mcpauth.agent.cli.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.cli.Typed;
import io.github.mcpauth.agent.recording.Recordings;
import io.github.mcpauth.rules.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A recording is judged, and the exit code says how. */
class CheckCommandTest {

  private final Path folder;

  CheckCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "header-limit, request-headers-rejected, the authorization server",
    "no-hint, missing-resource-metadata, the MCP server",
    "forbidden, forbidden-on-connect, the MCP server",
    "reconnect, stale-token-after-auth, your application",
  })
  void whatIsWrongIsAnExitCodeAndWhoMustActIsSaid(String name, String rule, String actor) {
    Typed typed = Typed.command("check", Recordings.log(name).toString());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.lines().get(0)).matches("✘ http://127\\.0\\.0\\.1:\\d+/mcp: not connected");
    assertThat(typed.lines().get(1)).endsWith("(" + actor + " must act)");
    assertThat(typed.out()).contains("error [" + rule + "] ").contains("1 error, 0 warnings");
  }

  @Test
  void whatWorksIsCleanAndARepairedCauseIsANote() {
    Typed typed = Typed.command("check", Recordings.log(Recordings.GOOD).toString());
    assertThat(typed.exit()).isZero();
    assertThat(typed.lines().get(0)).startsWith("✔ ").endsWith(": works");
    assertThat(typed.out()).contains("note [missing-resource-metadata]");
  }

  @Test
  void whetherAWarningFailsIsForTheCallerToSay() throws IOException {
    List<String> lines =
        Files.readAllLines(Recordings.log(Recordings.GOOD)).stream()
            .map(
                line ->
                    line.replace(
                        "\"mcpauth.severity\":\"note\"", "\"mcpauth.severity\":\"warning\""))
            .toList();
    String log = Files.write(folder.resolve("warned.jsonl"), lines).toString();
    assertThat(Typed.command("check", log).exit()).isZero();
    assertThat(Typed.command("check", "--fail-on", "warning", log).exit()).isEqualTo(1);
    assertThat(Typed.command("check", "--fail-on", "ERROR", log).out()).startsWith("! http://");
  }

  @Test
  void theXmlIsWhatCiServersRead() throws Exception {
    Typed typed =
        Typed.command(
            "check",
            "--format",
            "junit",
            Recordings.log("forbidden").toString(),
            Recordings.log(Recordings.GOOD).toString());
    assertThat(typed.exit()).isEqualTo(1);
    Document xml = xml(typed.out());
    NodeList suites = xml.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(2);
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      assertThat(suite.getElementsByTagName("testcase").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
      assertThat(suite.getElementsByTagName("failure").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
    }
    assertThat(((Element) suites.item(0)).getAttribute("failures")).isEqualTo("2");
    assertThat(((Element) suites.item(1)).getAttribute("failures")).isEqualTo("0");
  }

  @Test
  void theJsonHasEachServerWithItsFindings() throws IOException {
    Typed typed =
        Typed.command("check", "--format", "json", Recordings.log("reconnect").toString());
    Map<?, ?> json =
        (Map<?, ?>) requireNonNull(Json.read(typed.out().getBytes(StandardCharsets.UTF_8)));
    assertThat(json.get("clean")).isEqualTo(false);
    Map<?, ?> server = (Map<?, ?>) ((List<?>) requireNonNull(json.get("servers"))).get(0);
    assertThat(server.get("standing")).isEqualTo("not-connected");
    assertThat(server.get("actor")).isEqualTo("host");
    assertThat(
            ((Map<?, ?>) ((List<?>) requireNonNull(server.get("findings"))).get(0))
                .get("mcpauth.rule"))
        .isEqualTo("stale-token-after-auth");
  }

  @Test
  void hostileTextStaysTextInEachFormat() throws Exception {
    String evil =
        "</failure>\\u0000\\u001b[2J<img src=x onerror=alert(1)>]]>`` @all https://evil.example |\\n# x";
    List<String> lines =
        Files.readAllLines(Recordings.log("forbidden")).stream()
            .map(
                line ->
                    line.replaceAll(
                        "(\"mcpauth.(?:finding.text|finding.quote|actor)\":\")[^\"]*",
                        "$1" + java.util.regex.Matcher.quoteReplacement(evil)))
            .toList();
    String log = Files.write(folder.resolve("evil.jsonl"), lines).toString();
    String text = Typed.command("check", log).out();
    assertThat(text).contains("onerror").doesNotContain("\u001b").doesNotContain("\u0000");
    Document xml = xml(Typed.command("check", "--format", "junit", log).out());
    assertThat(xml.getElementsByTagName("img").getLength()).isZero();
    assertThat(xml.getDocumentElement().getTextContent()).contains("<img src=x");
    String markdown = Typed.command("check", "--format", "markdown", log).out();
    assertThat(markdown).contains("\\<img").contains("`https://evil.example`").contains("`@all`");
    assertThat(markdown).doesNotContain("\u001b").doesNotContain("the </failure>");
    assertThat(markdown.lines()).noneMatch(line -> line.startsWith("# x"));
  }

  @Test
  void whatIsNoLogIsAnErrorOfUsage() throws IOException {
    String text = Files.writeString(folder.resolve("x.txt"), "hello\n").toString();
    assertThat(Typed.command("check", text).exit()).isEqualTo(2);
    assertThat(Typed.command("check", text).err()).contains("no line of a log in ");
    Typed none = Typed.command("check", folder.resolve("none").toString());
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("there is no file");
  }

  private static Document xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    return builder.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}

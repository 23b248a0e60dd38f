package io.github.mcpauth.agent.cli.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.mcpauth.agent.cli.Typed;
import io.github.mcpauth.agent.recording.Recordings;
import io.github.mcpauth.rules.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording becomes something that can be handed on, whatever peers have put into it. */
class ReportCommandTest {

  private final Path folder;

  ReportCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private String report(String format, String... logs) {
    String[] words = new String[logs.length + 5];
    String[] options = {"report", "--format", format, "-o", "-"};
    System.arraycopy(options, 0, words, 0, 5);
    System.arraycopy(logs, 0, words, 5, logs.length);
    Typed typed = Typed.command(words);
    assertThat(typed.exit()).as(typed.err()).isZero();
    return typed.out();
  }

  private static String log(String name) {
    return Recordings.log(name).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "header-limit, request-headers-rejected, the authorization server",
    "no-hint, missing-resource-metadata, the MCP server",
    "forbidden, forbidden-on-connect, the MCP server",
    "reconnect, stale-token-after-auth, your application",
  })
  void theVerdictAndWhoMustActComeFirst(String name, String rule, String actor) {
    String html = report("html", log(name));
    int verdict = html.indexOf("not connected");
    int who = html.indexOf("<dd>" + actor + "</dd>");
    int page = html.indexOf("<section class=\"actor\"");
    assertThat(List.of(verdict, who, page)).doesNotContain(-1).isSorted();
    assertThat(html).contains("<code>" + rule + "</code>").contains("curl -i -X");
  }

  @Test
  void aHealthyRunIsSaidToWork() {
    assertThat(report("html", log(Recordings.GOOD))).contains("✔ works").doesNotContain("✘ not");
  }

  @Test
  void aRunWithTwoServersHasAVerdictADrawingAndAPageForEach() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Recordings.log("reconnect")));
    String run = all(lines.get(0), "\"mcpauth.run.id\":\"([^\"]*)\"").get(0);
    for (String line : Files.readAllLines(Recordings.log("forbidden"))) {
      lines.add(
          line.replaceAll("\"mcpauth.run.id\":\"[^\"]*\"", "\"mcpauth.run.id\":\"" + run + "\"")
              .replaceAll("\"(mcpauth.exchange.id|exchange)\":(\\d+)", "\"$1\":10$2"));
    }
    String html = report("html", Files.write(folder.resolve("two.jsonl"), lines).toString());
    assertThat(all(html, "<div class=\"card bad\"><p><span class=\"tag bad\">✘ not")).hasSize(2);
    assertThat(all(html, "aria-label=\"Requests for http://([^\"]*)\"")).hasSize(2);
    assertThat(all(html, "<section class=\"actor\" id=\"actor-\\d\"><h2>([^<]*)"))
        .hasSize(2)
        .anyMatch(title -> title.startsWith("For the owner of the MCP server http://"))
        .contains("For the developers of your application");
  }

  @Test
  void eachLinkLeadsToAPlaceInThePage() {
    String html = report("html", log("reconnect"), log(Recordings.GOOD));
    List<String> links = all(html, "href=\"([^\"]*)\"");
    assertThat(links).hasSizeGreaterThan(20).allMatch(link -> link.startsWith("#"));
    List<String> places = all(html, " id=\"([^\"]*)\"");
    assertThat(places).doesNotHaveDuplicates();
    assertThat(links).allMatch(link -> places.contains(link.substring(1)));
  }

  @Test
  void thePolicyAllowsTheStyleSheetAndNothingElse() throws Exception {
    String html = report("html", log("no-hint"));
    String style = all(html, "(?s)<style>(.*?)</style>").get(0);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains(
            "content=\"default-src &#39;none&#39;; style-src &#39;sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\"");
    assertThat(html).doesNotContain("<script").doesNotContain(" style=").doesNotContain("src=");
    assertThat(html).doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String log = Hostile.log(folder.resolve("evil.jsonl")).toString();
    String html = report("html", log);
    assertThat(html).contains("&lt;script&gt;").doesNotContain("<script").doesNotContain("<img");
    assertThat(all(html, "</style>")).hasSize(1);
    assertThat(html).doesNotContain("\u001b").doesNotContain("\u0000").doesNotContain("\u202e");
    String markdown = report("markdown", log);
    String words =
        markdown
            .replaceAll("(?ms)^(`{3,})\\w*$.*?^\\1$", "")
            .replaceAll("\\\\.", "")
            .replaceAll("(`+).*?\\1", "");
    assertThat(words).contains("script").doesNotContain("<").doesNotContain("$(");
    report("junit", log);
    report("har", log);
    for (String line : report("mermaid", log).split("\n", -1)) {
      assertThat(line)
          .matches(
              "sequenceDiagram|"
                  + "|  participant [A-Z_]+ as [A-Za-z ]+"
                  + "|  [A-Z_]+(->>|-->>|--x)[A-Z_]+: ([\\p{L}\\p{N} ./_?=-]|#\\d+;)+");
    }
  }

  @Test
  void aShellRunsNothingOfWhatPeersSaid() throws Exception {
    String html = report("html", Hostile.log(folder.resolve("evil.jsonl")).toString());
    List<String> lines = all(html, "(?m)<pre>(curl [^<]*)");
    assertThat(lines).isNotEmpty();
    Path touched = folder.resolve("touched");
    for (String line : lines) {
      String shell =
          line.replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&quot;", "\"")
              .replace("&#39;", "'")
              .replace("&amp;", "&")
              .replace("/tmp/x", touched.toString());
      Process process =
          new ProcessBuilder("sh", "-c", "curl() { echo called; }; " + shell)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(shell + "\n" + said).isZero();
      assertThat(said).isEqualTo("called\n");
    }
    assertThat(touched).doesNotExist();
  }

  @Test
  void secretsAreVariablesInCurlLines() {
    assertThat(report("html", log(Recordings.GOOD)).replace("&#39;", "'").replace("&quot;", "\""))
        .contains("-H 'authorization: Bearer '\"$TOKEN\"''")
        .contains("--data-urlencode 'code='\"$CODE\"''");
  }

  @Test
  void theBrowsersLegIsDrawnAsInferredWhereItWasNotSeen() throws IOException {
    List<String> lines =
        Files.readAllLines(Recordings.log("reconnect")).stream()
            .filter(line -> !line.contains("\"mcpauth.role\":\"authorize\""))
            .toList();
    String log = Files.write(folder.resolve("x.jsonl"), lines).toString();
    assertThat(report("html", log)).contains("login (inferred)");
    assertThat(report("mermaid", log)).contains("BROWSER-->>AUTHORIZATION_SERVER: login");
    assertThat(report("html", log("reconnect"))).doesNotContain("login (inferred)");
  }

  @Test
  void markdownIsForThePartyThatMustAct() {
    String log = log("no-hint");
    assertThat(report("markdown", log))
        .startsWith("# For the owner of the MCP server `http://127.0.0.1:")
        .contains("```mermaid\nsequenceDiagram\n")
        .contains("```sh\ncurl -i");
    Typed typed = Typed.command("report", "--format", "markdown", "--actor", "mcp-server", log);
    assertThat(typed.out()).isEqualTo(report("markdown", log));
    Typed none = Typed.command("report", "--format", "markdown", "--actor", "user", log);
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("those who must: mcp-server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reconnect", "header-limit", "no-hint-fixed"})
  void theArchiveIsAnHttpArchive(String name) throws IOException {
    assertArchive(report("har", log(name)));
  }

  @Test
  void aHostileLogsArchiveIsOneToo() throws IOException {
    assertArchive(report("har", Hostile.log(folder.resolve("evil.jsonl")).toString()));
  }

  private static void assertArchive(String har) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Path.of("src/test/resources/har/har-1.2.schema.json")),
                InputFormat.JSON);
    assertThat(schema.validate(har, InputFormat.JSON)).isEmpty();
    Map<?, ?> archive = (Map<?, ?>) requireNonNull(Json.read(har.getBytes(StandardCharsets.UTF_8)));
    Map<?, ?> log = (Map<?, ?>) requireNonNull(archive.get("log"));
    assertThat((List<?>) requireNonNull(log.get("entries"))).hasSizeGreaterThan(5);
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    Path file = folder.resolve("report.html");
    Typed typed = Typed.command("report", "-o", file.toString(), log("no-hint"));
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("written: " + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Typed unwritable =
        Typed.command("report", "-o", folder.resolve("no/such/x.html").toString(), log("no-hint"));
    assertThat(unwritable.exit()).isEqualTo(2);
  }

  @Test
  void whatIsLeftOutIsSaid() throws IOException {
    String exchange =
        Files.readAllLines(Recordings.log("reconnect")).stream()
            .filter(line -> line.contains("\"http.exchange\""))
            .findFirst()
            .orElseThrow()
            .replace("\"mcpauth.exchange.id\":1,", "\"mcpauth.exchange.id\":%d,");
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 2500; i++) {
      lines.append(exchange.replace("%d", String.valueOf(i))).append('\n');
    }
    String html = report("html", Files.writeString(folder.resolve("x.jsonl"), lines).toString());
    assertThat(html).contains("500 of 2500 exchanges are not shown");
    assertThat(html).contains("×2000");
  }

  private static List<String> all(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher
        .results()
        .map(found -> found.groupCount() > 0 ? found.group(1) : found.group())
        .toList();
  }
}

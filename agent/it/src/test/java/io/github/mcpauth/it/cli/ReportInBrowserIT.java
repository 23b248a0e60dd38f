package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of a hostile server's words, opened in a real browser where there is one. */
class ReportInBrowserIT {

  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list'}";

  @TempDir Path folder;

  @Test
  void noScriptRunsAndNoRequestLeaves() throws Exception {
    Path browser = browser();
    assumeTrue(browser != null, "no Chromium is installed");
    try (RawServer trap = RawServer.answering(request -> RawServer.response(200, "", "hit"))) {
      String evil =
          "<script>document.title='RAN'</script><img src='%s'><iframe src='%s'></iframe>"
              .formatted(trap.url("/a"), trap.url("/b"));
      // What the browser does where the words are markup: so that the test can fail.
      Path bait = Files.writeString(folder.resolve("bait.html"), "<title>x</title>" + evil);
      assertThat(opened(browser, bait)).contains("<title>RAN</title>");
      assertThat(trap.requests()).isNotEmpty();
      int before = trap.requests().size();

      Path page = report(evil);
      String shown = opened(browser, page);
      assertThat(shown).contains("MCP connection report").contains("document.title=");
      assertThat(shown).doesNotContain("<title>RAN</title>").doesNotContain("<script");
      assertThat(trap.requests()).hasSize(before);
    }
  }

  /** A log of a day's work: within 160 MB of memory, and a page that says what it leaves out. */
  @Test
  void aHundredMegabytesOfLogMakeAPageThatOpens() throws Exception {
    Path browser = browser();
    assumeTrue(browser != null, "no Chromium is installed");
    Path small = folder.resolve("logs").resolve("host.jsonl");
    host(small);
    Path large = folder.resolve("large.jsonl");
    enlarge(small, large, 100L << 20);
    Path page = folder.resolve("large.html");
    ForkedJvm.Run run =
        ForkedJvm.in(folder.resolve("cli"))
            .withoutAgent()
            .jvm("-Xmx160m", "-jar", ForkedJvm.AGENT.toString())
            .jvm("report", "-o", page.toString(), large.toString())
            .run();
    assertThat(run.exit()).as(run.stderr()).isZero();
    assertThat(Files.size(page)).isLessThan(4L << 20);
    assertThat(opened(browser, page)).contains("exchanges are not shown").endsWith("</html>\n");
  }

  /** The run over and over, each time with other numbers. */
  private static void enlarge(Path small, Path large, long size) throws IOException {
    List<String> lines = Files.readAllLines(small);
    Pattern exchange = Pattern.compile("\"mcpauth\\.exchange\\.id\":(\\d+)");
    try (BufferedWriter out = Files.newBufferedWriter(large)) {
      long written = 0;
      for (int round = 0; written < size; round++) {
        int base = 100 * round;
        for (String line : lines) {
          String other =
              exchange
                  .matcher(line)
                  .replaceAll(
                      found ->
                          "\"mcpauth.exchange.id\":" + (base + Integer.parseInt(found.group(1))));
          out.write(other);
          out.newLine();
          written += other.length() + 1;
        }
      }
    }
  }

  private Path report(String evil) throws IOException {
    Path log = folder.resolve("logs").resolve("host.jsonl");
    host(log);
    // The redactor would hide most of it: here the log itself is not to be trusted.
    String text = Files.readString(log);
    for (String field : List.of("message", "mcpauth.title", "url.full", "mcpauth.finding.text")) {
      text = text.replace("\"" + field + "\":\"", "\"" + field + "\":\"" + evil);
    }
    Files.writeString(log, text);
    Path page = folder.resolve("report.html");
    ForkedJvm.Run run =
        new Cli(folder.resolve("cli")).run("report", "-o", page.toString(), log.toString());
    assertThat(run.exit()).as(run.stderr()).isZero();
    return page;
  }

  /** A host that a server refuses. */
  private void host(Path log) throws IOException {
    try (RawServer server =
        RawServer.answering(
            request -> RawServer.response(403, "Content-Type: text/plain", "no way"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("host"))
              .set("log.file", log.toString())
              .main(Posts.class, server.url("/mcp"), LIST)
              .run();
      assertThat(run.exit()).as(run.stderr()).isZero();
    }
  }

  /** The page as it stands once it has loaded. */
  private String opened(Path browser, Path page) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.txt");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=3000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("browser.txt").toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the browser does not end");
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private static Path browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            each ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(each, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }
}

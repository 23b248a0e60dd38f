package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host left in its log, looked at by processes without a terminal. */
class LogCommandsIT {

  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list'}";

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void aHostIsRefused() {
    try (RawServer server =
        RawServer.answering(
            request ->
                RawServer.response(
                    401, "WWW-Authenticate: Bearer error=\"invalid_token\"", "no way"))) {
      Path logs = folder.resolve("logs");
      log = logs.resolve("host.jsonl");
      ForkedJvm.Run run =
          ForkedJvm.in(folder.resolve("host"))
              .set("log.file", log.toString())
              .main(Posts.class, server.url("/mcp"), LIST)
              .run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      assertThat(log).exists();
    }
  }

  private ForkedJvm.Run cli(String... words) {
    return new Cli(folder.resolve("cli")).run(words);
  }

  @Test
  void eachFormatOfCheckHasTheSameExitCode() {
    for (String format : List.of("text", "json", "junit", "markdown")) {
      ForkedJvm.Run run = cli("check", "--format", format, log.toString());
      assertThat(run.exit()).as(format + run.stderr()).isEqualTo(1);
      assertThat(run.stderr()).isEmpty();
      assertThat(run.stdout()).contains("/mcp").doesNotContain("\u001b");
    }
  }

  @Test
  void textFitsEightyColumnsButForWordsThatAreLonger() {
    for (String[] words :
        new String[][] {
          {"check", log.toString()}, {"tail", log.toString()}, {"explain"}, {"--help"},
          {"report", "--help"}, {"doctor", "--help"}, {"attach", "--help"}, {"check", "--help"}
        }) {
      ForkedJvm.Run run = cli(words);
      assertThat(run.stdout().lines())
          .as(String.join(" ", words))
          .allMatch(
              line ->
                  line.length() <= 80
                      || Arrays.stream(line.strip().split(" ")).anyMatch(word -> word.length() > 60)
                      || line.contains("mcpauth."));
    }
  }

  @Test
  void theNewestLogIsTakenAndNamedWhereNoneIs() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    ForkedJvm.Run none = new Cli(folder.resolve("cli")).jvm().jvm().run();
    assertThat(none.exit()).isZero(); // The help.
    ForkedJvm.Run lost = java(home, "check").run();
    assertThat(lost.exit()).isEqualTo(2);
    assertThat(lost.stderr()).contains("no log in " + home);
    Path logs = Files.createDirectories(home.resolve(".mcpauth").resolve("logs"));
    Files.copy(log, logs.resolve("mcpauth-20260101T000000-1.jsonl"));
    ForkedJvm.Run found = java(home, "check").run();
    assertThat(found.exit()).isEqualTo(1);
    assertThat(found.stderr()).contains("log: " + logs.resolve("mcpauth-20260101T000000-1.jsonl"));
  }

  private ForkedJvm java(Path home, String... words) {
    return ForkedJvm.in(folder.resolve("cli"))
        .withoutAgent()
        .jvm("-Duser.home=" + home, "-jar", ForkedJvm.AGENT.toString())
        .jvm(words);
  }

  @Test
  void aLogThatIsCutOrBrokenIsReadAsFarAsItGoes() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    Path cut = folder.resolve("cut.txt");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 40));
    Files.write(cut, new byte[] {'\n', 0, (byte) 0xff, '\n', '{', '\n'}, StandardOpenOption.APPEND);
    ForkedJvm.Run run = cli("check", cut.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.stderr()).contains("3 lines are not of a log");
    assertThat(cli("report", "-o", "-", cut.toString()).stdout())
        .contains("3 lines are not of a log");
    Path random = folder.resolve("random.txt");
    Files.write(random, "\u0000\u0001".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    assertThat(cli("check", random.toString()).exit()).isEqualTo(2);
    assertThat(cli("tail", folder.toString()).exit()).isEqualTo(2);
  }

  @Test
  void tailFollowsAcrossTheRollingOfItsFile() throws IOException {
    List<String> lines = Files.readAllLines(log);
    Path growing = folder.resolve("x.jsonl");
    Files.write(growing, lines.subList(0, 2));
    try (Started tail =
        new Started(
            folder, List.of("-jar", ForkedJvm.AGENT.toString(), "tail", growing.toString()))) {
      assertThat(tail.line()).contains("mcp-auth-agent");
      assertThat(tail.line()).isNotNull();
      Files.move(growing, folder.resolve("x.1.jsonl"));
      Files.write(growing, lines.subList(2, lines.size()));
      String line = tail.line();
      while (line != null && !line.contains("the process ends")) {
        line = tail.line();
      }
      assertThat(line).as("the last line").isNotNull();
      assertThat(tail.end()).isZero();
    }
  }

  @Test
  void aHundredMegabytesNeedFewAndTheReportStillOpens() throws IOException {
    List<String> lines = Files.readAllLines(log);
    String exchange =
        lines.stream().filter(line -> line.contains("\"http.exchange\"")).findFirst().orElseThrow();
    Path big = folder.resolve("big.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(big)) {
      long size = 0;
      for (int i = 1; size < 100L << 20; i++) {
        String line =
            i <= lines.size()
                ? lines.get(i - 1)
                : exchange.replaceFirst(
                    "\"mcpauth.exchange.id\":\\d+", "\"mcpauth.exchange.id\":" + i);
        out.write(line);
        out.newLine();
        size += line.length() + 1;
      }
    }
    ForkedJvm.Run check =
        ForkedJvm.in(folder.resolve("cli"))
            .withoutAgent()
            .limit(Duration.ofMinutes(4))
            .jvm("-Xmx48m", "-jar", ForkedJvm.AGENT.toString(), "check", big.toString())
            .run();
    assertThat(check.exit()).as(check.stderr()).isEqualTo(1);
    Path html = folder.resolve("big.html");
    ForkedJvm.Run report =
        ForkedJvm.in(folder.resolve("cli"))
            .withoutAgent()
            .limit(Duration.ofMinutes(4))
            .jvm("-Xmx128m", "-jar", ForkedJvm.AGENT.toString(), "report")
            .jvm("-o", html.toString(), big.toString())
            .run();
    assertThat(report.exit()).as(report.stderr()).isZero();
    assertThat(Files.size(html)).isLessThan(12L << 20);
    assertThat(Files.readString(html)).contains("exchanges are not shown").endsWith("</html>\n");
  }
}

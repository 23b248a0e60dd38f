package io.github.mcpauth.agent.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.agent.redact.SafeRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see is bounded, whatever happens how often. */
class ConsoleTest {

  private static final long MINUTE = 60_000_000_000L;
  private static final Map<String, Object> FINDING =
      Map.ofEntries(
          Map.entry("mcpauth.rule", "not-acceptable"),
          Map.entry("mcpauth.severity", "error"),
          Map.entry("mcpauth.confidence", "certain"),
          Map.entry("mcpauth.actor", "host"),
          Map.entry("mcpauth.title", "The server does not take the header"),
          Map.entry("mcpauth.finding.text", "seen ".repeat(40).strip()),
          Map.entry("mcpauth.server.url", URI.create("https://mcp.example/mcp")),
          Map.entry("mcpauth.exchange.id", 7),
          Map.entry(
              "mcpauth.evidence",
              List.of(
                  Map.of(
                      "exchange",
                      7,
                      "where",
                      "request.header.accept",
                      "observed",
                      "application/json",
                      "expected",
                      "both media types"))),
          Map.entry("mcpauth.remedy", List.of("Your application: send both", "User: wait")));

  private final Redactor redactor = new Redactor(Redactor.Level.DEFAULT, new Fingerprints());

  @Test
  void aStormOfMessagesIsCutAndCounted() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), null);
    for (int i = 0; i < 4000; i++) {
      console.say(redactor.redact(Map.of("message", "the same again, number " + i)));
    }
    assertThat(err.size()).isBetween(16 * 1024, 40 * 1024);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .first()
        .isEqualTo("mcpauth: the same again, number 0");
  }

  @ParameterizedTest
  @CsvSource({"80, 80", "60, 60", "39, 10000", "wide, 10000", "'', 10000", ", 10000"})
  void linesAreAsWideAsTheTerminalWhereThatIsKnown(String columns, int longest) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), columns);
    console.finding(redactor.redact(FINDING), redactor.redact(Map.of("message", "/log/here")));
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).allMatch(line -> line.length() <= longest).hasSizeGreaterThan(9);
    if (longest == 10000) {
      assertThat(text.lines())
          .containsExactly(
              "mcpauth: error [not-acceptable] The server does not take the header",
              "mcpauth:   server:   https://mcp.example/mcp",
              "mcpauth:   seen:     " + "seen ".repeat(40).strip(),
              "mcpauth:   evidence: exchange 7, request.header.accept",
              "mcpauth:   observed: application/json",
              "mcpauth:   expected: both media types",
              "mcpauth:   who:      your application must act (certain)",
              "mcpauth:   do:       1. Your application: send both",
              "mcpauth:             2. User: wait",
              "mcpauth:   auto-fix: none",
              "mcpauth:   more:     java -jar mcp-auth-agent.jar explain not-acceptable",
              "mcpauth:   log:      /log/here, exchange 7");
    }
  }

  @Test
  void aServerThatIsNotConnectedIsToldWithWhoMustActAndWhereToReadOn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), null);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("mcpauth.server.url", URI.create("https://mcp.example/mcp"));
    status.put("mcpauth.server.state", "needs-auth");
    status.put("mcpauth.title", "The server's 401 does not say where to log in");
    status.put("mcpauth.confidence", "certain");
    status.put("mcpauth.actor", "mcp-server");
    status.put("mcpauth.server.reason", "missing-resource-metadata");
    status.put("mcpauth.remedy", List.of("MCP server: say where"));
    status.put("mcpauth.exchange.id", 3);
    SafeRecord log = redactor.redact(Map.of("message", "/log/here"));
    console.status(redactor.redact(status), log);
    status.put("mcpauth.server.state", "connected");
    console.status(redactor.redact(status), log);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "mcpauth: not connected: https://mcp.example/mcp",
            "mcpauth:   state:    it wants a login",
            "mcpauth:   why:      The server's 401 does not say where to log in"
                + " [missing-resource-metadata]",
            "mcpauth:   who:      the MCP server must act (certain)",
            "mcpauth:   next:     MCP server: say where",
            "mcpauth:   log:      /log/here, exchange 3",
            "mcpauth: connected now: https://mcp.example/mcp");
  }

  @Test
  void theBudgetGrowsWithTheMinutesAndTellsOfWhatItMissed() {
    ConsoleBudget budget = new ConsoleBudget(0);
    assertThat(budget.takes(32 * 1024, 0)).isTrue();
    assertThat(budget.takes(1000, 0)).isFalse();
    assertThat(budget.takes(1000, 0)).isFalse();
    assertThat(budget.takes(8000, MINUTE)).isTrue();
    assertThat(budget.missed()).isEqualTo(2);
    assertThat(budget.missed()).isZero();
    assertThat(budget.takes(32 * 1024 + 1, 600 * MINUTE)).isFalse();
  }

  @Test
  void anExchangeIsTheLineThatFollowersOfTheLogSee() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), null);
    Map<String, Object> exchange =
        Map.of(
            "mcpauth.exchange.id",
            7,
            "server.address",
            "mcp.example",
            "server.port",
            443,
            "mcpauth.role",
            "mcp",
            "http.request.method",
            "POST",
            "url.full",
            "https://mcp.example/mcp?x=1",
            "http.response.status_code",
            401,
            "mcpauth.duration_ms",
            41.5);
    console.line(
        EventName.HTTP_EXCHANGE,
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        new Redactor(Redactor.Level.DEFAULT, new Fingerprints()).redact(exchange));
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo("mcpauth: 03:04:05.678  #7 mcp.example:443  mcp  POST /mcp?...  401  41.5 ms");
  }
}

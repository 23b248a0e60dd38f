package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.settings.NoNames;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storm of one failure is a handful of lines in the real log, and one block on the console. */
class RepeatedFindingsTest {

  private static final int STORM = 100_000;

  @Test
  void aStormOfIdenticalFailuresIsAHandfulOfLines(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("x.jsonl");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Properties system = new Properties();
    system.setProperty("mcpauth.log.file", log.toString());
    Settings settings = SettingsLoader.load(Map.of(), system, Map.of(), new NoNames(), 0, 42);
    CompletableFuture<Diagnosis> rules = new CompletableFuture<>();
    RecorderThread recording =
        RecorderThread.start(
            new PrintStream(console, true, StandardCharsets.UTF_8),
            worker -> {
              Diagnosis judging = new Diagnosis(Config.DEFAULT, Instant::now, worker);
              rules.complete(judging);
              return new RecorderSetup.Session(settings, Map.of(Field.VERSION, "1"));
            });
    Diagnosis diagnosis = rules.get(20, TimeUnit.SECONDS);
    RequestHead head =
        new RequestHead(
            "POST",
            URI.create("http://127.0.0.1:1/mcp"),
            Headers.of("MCP-Protocol-Version", "2025-11-25"));
    Failure refused = new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null);
    for (int i = 1; i <= STORM; i++) {
      Exchange exchange =
          Exchange.sending(i, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.now());
      diagnosis.sent(exchange);
      diagnosis.failed(exchange.failed(refused, Duration.ofMillis(1)));
    }
    recording.close(Duration.ofSeconds(20));
    List<String> lines = Files.readAllLines(log);
    assertThat(lines.stream().map(line -> text(line, "event.name")))
        .containsOnlyOnce("finding", "finding.repeated")
        .hasSizeLessThan(10);
    String repeated =
        lines.stream()
            .filter(line -> line.contains("\"finding.repeated\""))
            .findFirst()
            .orElseThrow();
    assertThat(repeated).contains("\"mcpauth.count\":" + STORM + ",");
    Instant first = Instant.parse(text(repeated, "mcpauth.first_seen"));
    assertThat(Instant.parse(text(repeated, "mcpauth.last_seen"))).isAfter(first);
    assertThat(console.toString(StandardCharsets.UTF_8).split("server-unreachable", -1))
        .hasSizeLessThan(5);
  }

  private static String text(String line, String field) {
    Matcher matcher =
        Pattern.compile("\"" + Pattern.quote(field) + "\":\"([^\"]*)\"").matcher(line);
    assertThat(matcher.find()).as(field + " in " + line).isTrue();
    return matcher.group(1);
  }
}

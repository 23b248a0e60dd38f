package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.console.LineText;
import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.exchange.Pipeline;
import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogReader;
import io.github.mcpauth.agent.settings.KnownRules;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.engine.Diagnosis;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told is in the log at once, and on the console where everything is to be there. */
class DirectRecorderTest {

  private static final int TIME = "12:34:56.789".length();

  @Test
  void everythingOnTheConsoleIsWhatTailShowsOfTheLog(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("direct.jsonl");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (DirectRecorder recorder =
        new DirectRecorder(
            settings(log), Map.of(), new PrintStream(err, true, StandardCharsets.UTF_8))) {
      Diagnosis rules = new Diagnosis(Config.DEFAULT, Clock.systemUTC(), recorder);
      Pipeline pipeline = new Pipeline(rules, recorder, Clock.systemUTC(), 1024);
      exchange(pipeline);
      assertThat(recorder.lastExchange()).isEqualTo(1);
      pipeline.close();
    }
    List<String> expected = new ArrayList<>();
    LogReader.read(
        log,
        line -> {
          if (line.name() == EventName.HTTP_EXCHANGE || line.name() == EventName.MCP_MESSAGE) {
            expected.add(LineText.of(line.name(), line.text(Field.TIMESTAMP), line.fields()));
          }
        });
    List<String> shown =
        err.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("^mcpauth: ", ""))
            .filter(line -> line.contains("#1 "))
            .toList();
    assertThat(expected).hasSize(3);
    assertThat(withoutTime(shown)).isEqualTo(withoutTime(expected));
  }

  private static void exchange(Pipeline pipeline) {
    String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}";
    Headers json = Headers.of("Content-Type", "application/json");
    RequestHead head =
        new RequestHead(
            "POST",
            URI.create("https://mcp.example/mcp"),
            json.plus("Accept", "application/json, text/event-stream"));
    HttpCall call =
        Objects.requireNonNull(pipeline.begin(ClientKind.CHECK, head, () -> Body.of(request)));
    call.beforeSend();
    call.sending(head, 200);
    call.answered(new ResponseHead(200, json));
    var tap = call.responseTap();
    tap.bytes(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    tap.end();
  }

  private static List<String> withoutTime(List<String> lines) {
    return lines.stream().map(line -> line.substring(TIME)).toList();
  }

  private static Settings settings(Path log) {
    KnownRules none =
        new KnownRules() {
          @Override
          public Set<String> rules() {
            return Set.of();
          }

          @Override
          public Set<String> fixes() {
            return Set.of();
          }
        };
    Map<String, String> options =
        Map.of("mcpauth.log.file", log.toString(), "mcpauth.console", "all");
    return SettingsLoader.load(options, new Properties(), Map.of(), none, 0, 1);
  }
}

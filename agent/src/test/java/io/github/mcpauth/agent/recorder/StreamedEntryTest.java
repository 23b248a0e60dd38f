package io.github.mcpauth.agent.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.settings.NoNames;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.agent.settings.SettingsLoader;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a part of an event stream costs, and what is done of it where there is no time for it. */
class StreamedEntryTest {

  private static final String ERROR =
      "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\",\"data\":"
          + "{\"password\":\"hunterkitesesame\"}}}\n\n";

  private final EntryWriter writer;

  StreamedEntryTest(@TempDir Path folder) {
    Properties system = new Properties();
    system.setProperty("mcpauth.log.file", folder.resolve("x.jsonl").toString());
    Settings settings = SettingsLoader.load(Map.of(), system, Map.of(), new NoNames(), 0, 42);
    writer =
        new EntryWriter(
            new RecorderSetup.Session(settings, Map.of()),
            new PrintStream(new ByteArrayOutputStream()));
  }

  @AfterEach
  void stop() {
    writer.stop();
  }

  @Test
  void eachMessageInItIsALine() {
    RequestHead head = new RequestHead("GET", URI.create("http://127.0.0.1:1/mcp"), Headers.NONE);
    Headers type = Headers.of("Content-Type", "text/event-stream");
    writer.exchange(
        Instant.EPOCH,
        Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH)
            .answered(new ResponseHead(200, type), Duration.ZERO),
        null);
    byte[] bytes = "data: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n".repeat(7).getBytes(UTF_8);
    long before = writer.lines();
    new QueueEntry.Streamed(Instant.EPOCH, 1, 0, bytes, false).write(writer);
    assertThat(writer.lines() - before).isEqualTo(7);
  }

  @Test
  void whatIsLeftOutOfItIsLearnedWhereItMayBeQuoted() {
    byte[] bytes = ERROR.getBytes(UTF_8);
    new QueueEntry.Streamed(Instant.EPOCH, 1, 0, bytes, false).leaveOut(writer);
    assertThat(writer.safe("it said hunterkitesesame")).contains("hunterkitesesame");
    new QueueEntry.Streamed(Instant.EPOCH, 1, 0, bytes, true).leaveOut(writer);
    assertThat(writer.safe("it said hunterkitesesame")).doesNotContain("hunterkitesesame");
  }

  /** Nor does it become an event of the log where a part before it was lost. */
  @Test
  void whatIsWrittenIsLearnedThoughItsStreamIsNotRead() {
    byte[] bytes = ERROR.getBytes(UTF_8);
    new QueueEntry.Streamed(Instant.EPOCH, 9, 100, bytes, true).write(writer);
    assertThat(writer.safe("it said hunterkitesesame")).doesNotContain("hunterkitesesame");
  }
}

package io.github.mcpauth.agent.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.log.Field;
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
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is never quiet: time passes all the same, and losses are told. */
class BusyHostTest {

  private static final ByteArrayOutputStream NOWHERE = new ByteArrayOutputStream();

  private final Path folder;

  BusyHostTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsLostIsToldWhileMoreIsBeingLost() throws Exception {
    RecorderThread recording = recording();
    RequestHead head = new RequestHead("POST", URI.create("http://127.0.0.1:1/mcp"), Headers.NONE);
    Exchange exchange =
        Exchange.sending(1, ClientKind.OKHTTP, Role.MCP, head, Body.NONE, Instant.EPOCH)
            .answered(new ResponseHead(200, Headers.NONE), Duration.ZERO);
    Path log = folder.resolve("x.jsonl");
    Runnable faster =
        () -> {
          for (int i = 0; i < 5000; i++) {
            recording.exchange(exchange, null);
          }
        };
    boolean told = untilSoon(() -> contains(log, "agent.gap"), faster, Duration.ofMillis(20));
    recording.close(Duration.ofSeconds(20));
    assertThat(told).isTrue();
  }

  /** Parts of an event stream are left out then; what an error in them says may be quoted still. */
  @Test
  void whatAnErrorInALostPartOfAStreamCallsASecretIsHidden() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    RecorderThread recording = recording(goesOn);
    byte[] event = {'d', 'a', 't', 'a', ':', ' ', '1', '\n', '\n'};
    for (int i = 0; i < 10_000; i++) {
      recording.streamed(1, (long) i * event.length, event, true);
    }
    String error =
        "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":"
            + "\"no\",\"data\":{\"password\":\"hunterkitesesame\"}}}\n\n";
    recording.streamed(1, 90_000, error.getBytes(StandardCharsets.UTF_8), true);
    recording.switchedOff(Map.of(Field.ERROR_MESSAGE, "it said hunterkitesesame"));
    goesOn.countDown();
    recording.close(Duration.ofSeconds(20));
    assertThat(Files.readString(folder.resolve("x.jsonl")))
        .contains("it said")
        .doesNotContain("hunterkitesesame");
  }

  /** Asked before the bytes of a stream are copied. */
  @Test
  void streamsAreReadWhereThereIsRoom() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    RecorderThread recording = recording(goesOn);
    byte[] event = {'d', 'a', 't', 'a', ':', ' ', '1', '\n', '\n'};
    int read = 0;
    while (read < 100_000 && recording.readsStreams()) {
      recording.streamed(1, (long) read * event.length, event, false);
      read++;
    }
    assertThat(read).isBetween(1000, 10_000);
    goesOn.countDown();
    boolean again = untilSoon(recording::readsStreams, () -> {}, Duration.ofMillis(5));
    recording.close(Duration.ofSeconds(20));
    assertThat(again).isTrue();
  }

  private RecorderThread recording() throws Exception {
    return recording(new CountDownLatch(0));
  }

  private RecorderThread recording(CountDownLatch goesOn) throws Exception {
    Properties system = new Properties();
    system.setProperty("mcpauth.log.file", folder.resolve("x.jsonl").toString());
    Settings settings = SettingsLoader.load(Map.of(), system, Map.of(), new NoNames(), 0, 42);
    CompletableFuture<Void> ready = new CompletableFuture<>();
    RecorderThread recording =
        RecorderThread.start(
            new PrintStream(NOWHERE),
            worker -> {
              ready.complete(null);
              await(goesOn);
              return new RecorderSetup.Session(settings, Map.of());
            });
    ready.get(20, TimeUnit.SECONDS);
    return recording;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does something again and again, with that pause, until it had its effect; false if never. */
  private static boolean untilSoon(Callable<Boolean> effect, Runnable again, Duration pause)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!effect.call() && System.nanoTime() - end < 0) {
      again.run();
      Thread.sleep(pause.toMillis());
    }
    return effect.call();
  }

  private static boolean contains(Path log, String event) throws IOException {
    return Files.exists(log) && Files.readString(log).contains(event);
  }
}

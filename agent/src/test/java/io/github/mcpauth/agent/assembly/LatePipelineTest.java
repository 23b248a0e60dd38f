package io.github.mcpauth.agent.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.exchange.HttpCall;
import io.github.mcpauth.agent.recorder.RecorderThread;
import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who comes before the pipeline is there waits for it, but neither long nor in vain nor twice. */
class LatePipelineTest {

  private static final RequestHead MCP =
      new RequestHead(
          "POST",
          URI.create("https://mcp.example/mcp"),
          Headers.of(
              "Accept", "application/json, text/event-stream",
              "Content-Type", "application/json"));
  private static final RequestHead OTHER =
      new RequestHead("POST", URI.create("https://shop.example/orders"), Headers.NONE);

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** However slow the machine is. */
  private static final long FOREVER = 120_000;

  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  // Records nothing: its own setup says so.
  private final RecorderThread recording = RecorderThread.start(err, ours -> null);

  @Test
  void aRequestThatComesEarlyWaitsAndIsWatched() throws Exception {
    LatePipeline late = new LatePipeline(Map.of("mcpauth.console", "off"), err, new Seen(Map.of()));
    CompletableFuture<@Nullable HttpCall> early =
        CompletableFuture.supplyAsync(() -> begin(late, MCP));
    assertThat(isWaiting(early)).isTrue();
    assertThat(late.prepare(recording)).isNotNull();
    assertThat(early.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(begin(late, MCP)).isNotNull();
    assertThat(begin(late, OTHER)).isNull();
    late.close();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aPipelineThatNeverComesIsWaitedForOnce() {
    LatePipeline late = new LatePipeline(Map.of(), err, new Seen(Map.of()));
    long start = System.nanoTime();
    assertThat(begin(late, MCP)).isNull();
    Duration first = Duration.ofNanos(System.nanoTime() - start);
    for (int i = 0; i < 100; i++) {
      assertThat(begin(late, MCP)).isNull();
    }
    Duration all = Duration.ofNanos(System.nanoTime() - start);
    assertThat(first).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(20));
    assertThat(all.minus(first)).isLessThan(first);
    late.close();
  }

  @Test
  void anInterruptEndsTheWaitAndIsKeptForTheHost() throws Exception {
    LatePipeline late = new LatePipeline(Map.of(), err, new Seen(Map.of()), FOREVER);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread host =
        new Thread(
            () -> {
              begin(late, MCP);
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    host.start();
    host.interrupt();
    host.join(FOREVER / 2); // Less than the whole wait.
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void whatNeedsNoPipelineDoesNotWaitForOne() {
    LatePipeline late = new LatePipeline(Map.of(), err, new Seen(Map.of()), FOREVER);
    long start = System.nanoTime();
    assertThat(late.passesBy(MCP.url().toString())).isFalse();
    assertThat(late.awaits(MCP.url())).isFalse();
    late.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofMillis(FOREVER / 2));
  }

  @Test
  @SuppressWarnings("NullAway") // Something that must break the setup.
  void aSetupThatFailsIsSaidInOneLineAndNobodyWaits() {
    LatePipeline late =
        new LatePipeline(Map.of("mcpauth.console", "off"), err, new Seen(Map.of()), FOREVER);
    assertThat(late.prepare(null)).isNull();
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("mcp-auth-agent: not watching this JVM, the program runs without it: ");
    long start = System.nanoTime();
    assertThat(begin(late, MCP)).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofMillis(FOREVER / 2));
    late.close();
  }

  private static @Nullable HttpCall begin(LatePipeline late, RequestHead request) {
    Body body = request == OTHER ? Body.of("{\"order\":7}") : Body.of(LIST);
    return late.begin(ClientKind.OKHTTP, request, () -> body);
  }

  private static boolean isWaiting(CompletableFuture<?> outcome) throws Exception {
    try {
      outcome.get(200, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }
}

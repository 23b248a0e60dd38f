package io.github.mcpauth.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.ThreadedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host that calls as fast as it can: calls that go well pass unwatched, no refusal does. */
class OverloadIT {

  private static final int CALLS = 800;
  private static final int SERVERS = 4;

  @TempDir Path folder;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final ThreadedServer server = new ThreadedServer(this::answer);

  @AfterEach
  void stop() {
    server.close();
  }

  /** Each server but the first refuses one call, when it has answered two thirds of them. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int number = calls.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
      boolean refuses = number == CALLS * 2 / 3 && !path.equals("/warm");
      boolean first = request.contains("initialize");
      String answer =
          refuses
              ? "no"
              : "{\"jsonrpc\":\"2.0\",\"id\":"
                  + (first ? "0,\"result\":{\"protocolVersion\":\"2025-11-25\"" : "1,\"result\":{")
                  + (first ? ",\"capabilities\":{}}}" : "\"tools\":[]}}");
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", refuses ? "text/plain" : "application/json");
      exchange.sendResponseHeaders(refuses ? 403 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_SEND", "JDK_SEND_ASYNC", "OKHTTP_4", "OKHTTP_4_ENQUEUE"})
  void everyRefusalIsFoundAndWhatNobodySawIsTold(ClientUnderTest client) {
    List<String> args =
        new ArrayList<>(List.of(client.name(), server.origin(), String.valueOf(CALLS)));
    args.add("/warm");
    for (int i = 0; i < SERVERS; i++) {
      args.add("/mcp-" + i);
    }
    ForkedJvm.Run run =
        ForkedJvm.in(folder)
            .classPath(client.classPath())
            .main(BusyHost.class, args.toArray(String[]::new))
            .run();
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
    assertThat(run.stdout().strip()).isEqualTo("refused: " + SERVERS);
    assertThat(unwatched(run)).isGreaterThan(CALLS);
    assertThat(run.log().events("agent.error")).isEmpty();
    assertThat(refusing(run)).hasSize(SERVERS);
    assertThat(run.log().findings()).doesNotContain("call-unanswered");
    assertThat(run.log().states()).doesNotContain("failed");
  }

  /** Calls that nobody was told of. */
  private static long unwatched(ForkedJvm.Run run) {
    return run.log().events("agent.gap").stream()
        .mapToLong(gap -> gap.path("mcpauth.gap.dropped").path("unwatched").asLong())
        .sum();
  }

  /** The servers about which something was found. */
  private static List<String> refusing(ForkedJvm.Run run) {
    return run.log().events("finding").stream()
        .map((JsonNode line) -> line.path("mcpauth.server.url").asText())
        .filter(url -> url.contains("/mcp-"))
        .distinct()
        .toList();
  }
}

package io.github.mcpauth.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.ThreadedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A host with little memory sends large bodies from many threads: what is kept of them is bounded.
 */
class LargeBodiesIT {

  private static final int THREADS = 24;
  private static final int CALLS = 600;

  @TempDir Path folder;
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadedServer server = new ThreadedServer(this::answer);

  @AfterEach
  void stop() {
    server.close();
  }

  /** All is refused but the first, which is what has to be told at once. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      boolean first = number.incrementAndGet() == 1;
      byte[] bytes =
          (first
                  ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"
                  : "{\"error\":\"forbidden\",\"message\":\"" + "no ".repeat(10_000) + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(first ? 200 : 403, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({"jdk, off", "okhttp, off", "jdk, safe", "okhttp, safe"})
  void theHostGetsEveryAnswer(String client, String fixes) {
    ForkedJvm.Run run =
        ForkedJvm.in(folder)
            .classPath(ClientUnderTest.OKHTTP_4.classPath())
            .jvm("-Xmx96m", "-XX:+ExitOnOutOfMemoryError")
            .set("autofix", fixes)
            .main(
                LargeBodiesHost.class,
                client,
                server.origin() + "/mcp",
                String.valueOf(THREADS),
                String.valueOf(CALLS))
            .run();
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
    assertThat(run.stdout().strip()).isEqualTo("answers: " + CALLS);
    assertThat(run.log().events("agent.error")).isEmpty();
    assertThat(run.log().findings()).isNotEmpty();
  }
}

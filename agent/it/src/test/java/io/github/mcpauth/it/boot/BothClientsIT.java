package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One JVM, both clients: whichever comes first, each call of each is watched. */
class BothClientsIT {

  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("orders")
  void everyClientIsWatchedInWhateverOrderTheyCome(Path jdk, String order) {
    try (RawServer server =
        RawServer.answering(
            request -> RawServer.response(200, "Content-Type: application/json", ANSWER))) {
      String[] args =
          Stream.concat(
                  Stream.of(server.url("/mcp"), System.getProperty("okhttp.sets")),
                  Stream.of(order.split(" ")))
              .toArray(String[]::new);
      ForkedJvm.Run run = ForkedJvm.in(work).javaHome(jdk).main(BothClients.class, args).run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      assertThat(run.log().events("http.exchange")).hasSameSizeAs(server.requests());
      assertThat(run.log().events("agent.error")).isEmpty();
    }
  }

  static Stream<Arguments> orders() {
    return Jdks.all().stream()
        .flatMap(
            jdk ->
                Stream.of(
                        "jdk okhttp jdk",
                        "load jdk okhttp",
                        "okhttp jdk",
                        "jdk crowd",
                        "jdk loaders")
                    .map(order -> Arguments.of(jdk, order)));
  }
}

package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With no fix on, a host sees and a server gets the same with the agent as without it. */
class SameObservationsIT {

  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("jdks")
  void responsesFuturesAndBodiesAreTheHostsOwn(Path jdk) {
    Seen without = seen(jdk, false);
    Seen with = seen(jdk, true);
    assertThat(with.host()).containsExactlyElementsOf(without.host()).hasSizeGreaterThan(20);
    // Without the agent this is a race of the JDK's, between the future and the exchange's end.
    assertThat(with.cancelled())
        .containsExactly(
            "cancelled derived: true CancellationException, cancelled=true",
            "cancelled own: true CancellationException, cancelled=true");
    assertThat(with.server()).containsExactlyElementsOf(without.server());
  }

  /** What the host printed, and the requests that the server got, both without the port. */
  private record Seen(List<String> host, List<String> cancelled, List<String> server) {}

  private Seen seen(Path jdk, boolean withAgent) {
    try (RawServer server = RawServer.answering(SameObservationsIT::answer)) {
      ForkedJvm jvm = ForkedJvm.in(work).javaHome(jdk).main(Observations.class, server.origin());
      ForkedJvm.Run run = (withAgent ? jvm : jvm.withoutAgent()).run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      String origin = server.origin();
      String authority = origin.substring("http://".length());
      return new Seen(
          run.stdout()
              .lines()
              .filter(line -> !line.startsWith("cancelled "))
              .map(line -> line.replace(authority, "server"))
              .toList(),
          run.stdout().lines().filter(line -> line.startsWith("cancelled ")).toList(),
          server.requests().stream()
              .map(request -> request.head().replace(authority, "server") + request.text())
              .toList());
    }
  }

  private static String answer(RawServer.Request request) {
    if (request.line().contains("/hang")) {
      return RawServer.NONE;
    }
    if (request.line().contains("/moved")) {
      return RawServer.response(307, "Location: /mcp", "");
    }
    if (request.line().contains("/seen")) {
      return RawServer.response(303, "Location: /mcp", "");
    }
    return RawServer.response(200, "Content-Type: application/json", ANSWER);
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

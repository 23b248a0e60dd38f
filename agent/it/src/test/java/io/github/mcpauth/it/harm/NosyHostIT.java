package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A host that looks into its JVM, closes stderr, calls from shutdown hooks, or on virtual threads.
 */
class NosyHostIT {

  @TempDir Path folder;

  private ForkedJvm.Run run(Path jdk, String how) {
    try (RawServer server = RawServer.answering(request -> RawServer.response(401, "", "no"))) {
      return ForkedJvm.in(folder)
          .javaHome(jdk)
          .set("autofix", "safe")
          .main(NosyHost.class, server.url("/mcp"), how)
          .run();
    }
  }

  private static void watchedToItsEnd(ForkedJvm.Run run, int calls) {
    assertThat(run.exit()).as(run.stderr()).isEqualTo(3);
    assertThat(run.log().events("agent.error")).isEmpty();
    assertThat(run.log().events("http.exchange")).hasSizeGreaterThanOrEqualTo(calls);
    List<JsonNode> lines = run.log().lines();
    assertThat(lines.get(lines.size() - 1).path("event.name").asText()).isEqualTo("agent.stopped");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void stacksRecordingsAndDiagnosticCommandsDoNotMatter(Path jdk) {
    ForkedJvm.Run run = run(jdk, "looks");
    assertThat(run.stdout()).contains("answers: 100");
    watchedToItsEnd(run, 100);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aClosedStderrIsNoTroubleAndTheLogIsWhole(Path jdk) {
    ForkedJvm.Run run = run(jdk, "closes");
    assertThat(run.stdout()).isEqualTo("answers: 100" + System.lineSeparator());
    watchedToItsEnd(run, 100);
    assertThat(run.log().findings()).contains("missing-resource-metadata");
  }

  /** Whichever hook comes first, each gets its answer, and the log ends with its last line. */
  @ParameterizedTest
  @MethodSource("jdks")
  void callsFromShutdownHooksGetTheirAnswers(Path jdk) {
    ForkedJvm.Run run = run(jdk, "hooks");
    assertThat(run.stdout().lines()).hasSize(8).containsOnly("in a hook: 401");
    watchedToItsEnd(run, 2);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aVirtualThreadForEachCallIsAsGoodAsAny(Path jdk) {
    assumeTrue(Jdks.feature(jdk) >= 21, "has no virtual threads");
    ForkedJvm.Run run = run(jdk, "virtual");
    assertThat(run.stdout()).contains("answers: 100");
    watchedToItsEnd(run, 100);
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

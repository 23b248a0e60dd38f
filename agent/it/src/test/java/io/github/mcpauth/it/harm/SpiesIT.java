package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host's tests that spy on its clients count the same calls with the agent as without it. */
class SpiesIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("jdks")
  void whatASpyIsAskedIsTheSame(Path jdk) {
    ForkedJvm.Run without = spied(jdk, "without", false);
    ForkedJvm.Run with = spied(jdk, "with", true);
    assertThat(without.stdout()).as(without.stderr()).contains("okhttp call: [");
    assertThat(without.stdout()).contains("java.net.http: 200 [");
    assertThat(with.stdout()).isEqualTo(without.stdout());
    assertThat(with.log().events("http.exchange")).hasSize(3);
  }

  private ForkedJvm.Run spied(Path jdk, String name, boolean withAgent) {
    String answer = RawServer.response(200, "Content-Type: application/json", RESULT);
    try (RawServer server = RawServer.answering(request -> answer)) {
      ForkedJvm jvm =
          ForkedJvm.in(folder.resolve(name))
              .javaHome(jdk)
              .classPath(
                  ForkedJvm.testClasses()
                      + File.pathSeparator
                      + ForkedJvm.jars(
                          "mockito", "byte-buddy", "objenesis", "okhttp-", "okio", "kotlin-stdlib"))
              .jvm(options(jdk))
              .main(Spies.class, server.url("/mcp"));
      ForkedJvm.Run run = (withAgent ? jvm : jvm.withoutAgent()).run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      return run;
    }
  }

  /** Mockito attaches to its own JVM, which later JDKs complain of. */
  private static String[] options(Path jdk) {
    List<String> options =
        Jdks.feature(jdk) >= 21 ? List.of("-XX:+EnableDynamicAgentLoading") : List.of();
    return options.toArray(String[]::new);
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

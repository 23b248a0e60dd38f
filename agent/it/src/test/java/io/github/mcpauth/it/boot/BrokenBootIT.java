package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent that cannot start says so in one line, and the host runs as if it were not there. */
class BrokenBootIT {

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutItsSecondTierTheHostRuns(Path jdk) throws IOException {
    hostRuns(
        jdk,
        Jars.changed(
            work.resolve("missing.jar"), (name, bytes) -> name.equals("tier1.zip") ? null : bytes));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withACorruptSecondTierTheHostRuns(Path jdk) throws IOException {
    hostRuns(
        jdk,
        Jars.changed(
            work.resolve("corrupt.jar"),
            (name, bytes) -> name.equals("tier1.zip") ? new byte[] {1, 2, 3} : bytes));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withADamagedClassInItsSecondTierTheHostRuns(Path jdk) throws IOException {
    for (String damaged : new String[] {"weave/Weaver", "lang/McpAuthBridge", "engine/Catalogue"}) {
      hostRuns(
          jdk,
          Jars.changed(
              work.resolve("damaged.jar"),
              (name, bytes) -> name.contains(damaged + ".") ? new byte[] {1, 2, 3, 4, 5} : bytes));
    }
  }

  private void hostRuns(Path jdk, Path agent) {
    ForkedJvm.Run without = host(jdk).run();
    ForkedJvm.Run with = host(jdk).jvm("-javaagent:" + agent).run();
    assertThat(with.exit()).isEqualTo(without.exit());
    assertThat(with.stdout()).isEqualTo(without.stdout()).isNotEmpty();
    assertThat(with.stderr().lines())
        .singleElement()
        .asString()
        .startsWith("mcp-auth-agent: not watching this JVM");
  }

  private ForkedJvm host(Path jdk) {
    return ForkedJvm.in(work)
        .javaHome(jdk)
        .withoutAgent()
        .classPath(ForkedJvm.testClasses())
        .main(PlainCall.class);
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

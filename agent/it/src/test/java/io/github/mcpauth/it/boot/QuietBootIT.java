package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that has nothing to do with MCP does not notice the agent. */
class QuietBootIT {

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("jdks")
  void aProgramWithoutHttpPrintsTheSameAndNoFileIsMade(Path jdk) throws IOException {
    sameWithAndWithout(jdk, Hello.class, 3);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aCallThatIsNotMcpIsTheSame(Path jdk) throws IOException {
    sameWithAndWithout(jdk, PlainCall.class, 5);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void asManyClassesAreSharedAsWithAnEmptyAgent(Path jdk) throws IOException {
    Path empty = Jars.otherAgent(work.resolve("empty.jar"));
    assertThat(shared(jdk, ForkedJvm.AGENT)).isGreaterThanOrEqualTo(shared(jdk, empty));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theHostSeesNothingOfOursButTheEntryPoint(Path jdk) {
    ForkedJvm.Run run =
        bare(jdk)
            .main(
                Visible.class,
                "io.github.mcpauth.agent.Agent",
                "io.github.mcpauth.agent.assembly.Assembly",
                "io.github.mcpauth.agent.weave.Weaver",
                "io.github.mcpauth.rules.http.Headers",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "ch.qos.logback.classic.LoggerContext",
                "org.slf4j.Logger",
                "net.bytebuddy.jar.asm.ClassReader",
                "ch/qos/logback/classic/LoggerContext.class",
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
            .run();
    assertThat(run.stdout().lines()).containsExactly("io.github.mcpauth.agent.Agent");
    assertThat(run.stderr()).isEmpty();
  }

  private void sameWithAndWithout(Path jdk, Class<?> program, int exit) throws IOException {
    Path home = Files.createDirectories(work.resolve("home"));
    String set = "-Duser.home=" + home;
    ForkedJvm.Run without = bare(jdk).jvm(set).withoutAgent().main(program).run();
    ForkedJvm.Run with = bare(jdk).jvm(set).unset("log.file").main(program).run();
    assertThat(with.stdout()).isEqualTo(without.stdout()).isNotEmpty();
    assertThat(with.stderr()).isEqualTo(without.stderr());
    assertThat(with.exit()).isEqualTo(without.exit()).isEqualTo(exit);
    try (Stream<Path> files = Files.walk(work)) {
      assertThat(files).containsExactlyInAnyOrder(work, home);
    }
  }

  private long shared(Path jdk, Path agent) throws IOException {
    Path log = work.resolve("classes.log");
    Files.deleteIfExists(log);
    bare(jdk)
        .withoutAgent()
        .jvm("-javaagent:" + agent, "-Xshare:auto", "-Xlog:class+load:file=" + log)
        .main(Hello.class)
        .run();
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("shared objects file")).count();
    }
  }

  private ForkedJvm bare(Path jdk) {
    return ForkedJvm.in(work).javaHome(jdk).classPath(ForkedJvm.testClasses());
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

package io.github.mcpauth.it.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which a JVM comes by the agent, alone and in company. */
class AgentsIT {

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("jdks")
  void aSecondOfTheSameJarIsANoOp(Path jdk) {
    wovenOnce(host(jdk).jvm("-javaagent:" + ForkedJvm.AGENT).main(Woven.class).run());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void otherAgentsBeforeAndAfterDoNotMatter(Path jdk) throws IOException {
    Path other = Jars.otherAgent(work.resolve("other.jar"));
    for (String options : new String[] {"", "=retransform"}) {
      wovenOnce(host(jdk).jvm("-javaagent:" + other + options).main(Woven.class).run());
      wovenOnce(
          host(jdk)
              .withoutAgent()
              .jvm("-javaagent:" + other + options, ours(), "-javaagent:" + other)
              .main(Woven.class)
              .run());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aSingleFileProgramIsNotTakenForTheCompiler(Path jdk) throws IOException {
    Path source = work.resolve("Program.java");
    Files.writeString(
        source,
        """
        public class Program {
          public static void main(String[] args) throws Exception {
            java.net.http.HttpClient.newHttpClient();
            Class.forName("java.lang.McpAuthBridge");
            System.out.println("woven");
          }
        }
        """);
    wovenOnce(host(jdk).jvm(source.toString()).run());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theToolsOfTheJdkAreLeftAlone(Path jdk) throws Exception {
    for (String tool : new String[] {"jps", "javac"}) {
      ProcessBuilder builder =
          new ProcessBuilder(jdk.resolve("bin").resolve(tool).toString(), "-help");
      String without = output(builder);
      builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + ForkedJvm.AGENT);
      String with = output(builder);
      assertThat(with.lines().filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")))
          .containsExactlyElementsOf(without.lines().toList());
    }
  }

  @Test
  void classesFromAnAotCacheAreWoven() throws IOException {
    Path jdk = Jdks.newer();
    assumeTrue(jdk != null && Jdks.feature(jdk) >= 25, "needs a JDK with -XX:AOTCacheOutput");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String jar = Jars.classes(work.resolve("p.jar"), manifest, Woven.class.getName()).toString();
    Path cache = work.resolve("app.aot");
    ForkedJvm.Run trained =
        host(jdk).classPath(jar).jvm("-XX:AOTCacheOutput=" + cache).main(Woven.class).run();
    assertThat(trained.stdout()).contains("woven");
    assumeTrue(Files.exists(cache), "this JVM makes no cache with an agent");
    ForkedJvm.Run run =
        host(jdk).classPath(jar).jvm("-XX:AOTCache=" + cache).main(Woven.class).run();
    assertThat(run.stdout().lines().filter("woven"::equals)).hasSize(1);
    assertThat(run.exit()).isZero();
  }

  private static String output(ProcessBuilder builder) throws Exception {
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return text;
  }

  private static void wovenOnce(ForkedJvm.Run run) {
    assertThat(run.stdout()).as(run.stderr()).isEqualTo("woven" + System.lineSeparator());
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exit()).isZero();
  }

  private String ours() {
    return "-javaagent:" + ForkedJvm.AGENT + "=log.file=" + work.resolve("mcpauth.jsonl");
  }

  private ForkedJvm host(Path jdk) {
    return ForkedJvm.in(work).javaHome(jdk).classPath(ForkedJvm.testClasses());
  }

  static Stream<Path> jdks() {
    return Jdks.all().stream();
  }
}

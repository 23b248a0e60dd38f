package io.github.mcpauth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.spring.app.Application;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications of a few lines, with two versions of Spring Boot and the packaged agent. */
class McpFailureAnalyzerIT {

  private static final Path AGENT = Path.of(System.getProperty("agent.jar")).normalize();
  private static final String FAILED = "APPLICATION FAILED TO START";

  private final Path work;

  McpFailureAnalyzerIT(@TempDir Path work) {
    this.work = work;
  }

  /** The versions of Spring Boot. */
  enum Boot {
    OLDEST(":: Spring Boot ::                (v3.5"),
    NEWEST(":: Spring Boot ::                (v4.0");

    private final String banner;

    Boot(String banner) {
      this.banner = banner;
    }

    /** The test class path, with this version; the agent's jar is on none. */
    private String classPath() {
      String path =
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !Path.of(entry).normalize().equals(AGENT))
              .filter(
                  entry -> this == OLDEST || !isSprings(Path.of(entry).getFileName().toString()))
              .collect(Collectors.joining(File.pathSeparator));
      return this == OLDEST
          ? path
          : path + File.pathSeparator + System.getProperty("spring-boot.newest") + "/*";
    }

    /**
     * Without SLF4J, over which commons-logging 1.3.5 logs errors as if they were for debugging.
     */
    private static boolean isSprings(String jar) {
      return Stream.of("spring-", "micrometer-", "slf4j-").anyMatch(jar::startsWith)
          && jar.endsWith(".jar");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfMcpIsDescribedByTheLastFinding(Boot boot) throws Exception {
    String out = run(boot, true, "ByItself");

    assertThat(out).contains(boot.banner);
    assertThat(out.substring(out.indexOf(FAILED)))
        .contains(
            "The last that mcp-auth-agent found: The server answers 403 to a first request without a token"
                + " [forbidden-on-connect]")
        .contains("MCP server: http://127.0.0.1:")
        .contains("It said: \"authentication")
        .doesNotContain("\u001b[31m")
        .contains("caused by java.lang.IllegalStateException: the MCP server answers 403")
        .contains("at io.github.mcpauth.spring.app.Application$ByItself.weather(Application.java:")
        .containsPattern("Action:\\R\\R1\\. MCP server: answer a request without a token with 401")
        .contains("More: java -jar mcp-auth-agent.jar explain forbidden-on-connect");
    assertThat(out).as("no stack trace beside it").doesNotContain("Application run failed");
  }

  @Test
  void aFailureInAnMcpSdkNeedNotSayMcp() throws Exception {
    assertThat(run(Boot.OLDEST, true, "OverSdk"))
        .contains(FAILED)
        .contains("[forbidden-on-connect]");
  }

  @Test
  void anotherFailureKeepsItsStackTrace() throws Exception {
    assertThat(run(Boot.OLDEST, true, "OfSomethingElse"))
        .contains("forbidden-on-connect") // On stderr, by the agent.
        .contains("Application run failed")
        .contains("at io.github.mcpauth.spring.app.Application$OfSomethingElse.weather(")
        .doesNotContain(FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void whatSpringBootExplainsItselfStaysAsItIs(Boot boot) throws Exception {
    assertThat(run(boot, true, "InACircle"))
        .contains(FAILED)
        .contains("form a cycle")
        .doesNotContain("The last that mcp-auth-agent found");
  }

  @ParameterizedTest
  @EnumSource
  void withoutAnAgentItIsAsIfItWereNotThere(Boot boot) throws Exception {
    assertThat(run(boot, false, "ByItself"))
        .contains("IllegalStateException: the MCP server answers 403")
        .contains("at io.github.mcpauth.spring.app.Application$ByItself.weather(")
        .doesNotContain(FAILED)
        .doesNotContain("mcp-auth-agent");
  }

  @Test
  void anAgentThatIsSwitchedOffIsNone() throws Exception {
    assertThat(run(Boot.OLDEST, true, "ByItself", "-Dmcpauth.enabled=false"))
        .contains("Application run failed")
        .doesNotContain(FAILED);
  }

  @Test
  void anApplicationThatStartsHearsNothing() throws Exception {
    assertThat(run(Boot.NEWEST, true, "Starts")).contains("started").doesNotContain(FAILED);
  }

  private String run(Boot boot, boolean withAgent, String kind, String... jvm)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    if (withAgent) {
      command.add("-javaagent:" + AGENT + "=log.file=" + work.resolve("mcpauth.jsonl"));
    }
    command.addAll(List.of(jvm));
    command.addAll(List.of("-cp", boot.classPath(), Application.class.getName(), kind));
    Path out = work.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MCPAUTH_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running\n" + Files.readString(out));
    }
    return Files.readString(out);
  }
}

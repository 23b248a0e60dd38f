package io.github.mcpauth.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.demo.server.Fault;
import io.github.mcpauth.demo.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged command line with the demo: {@code demo}, and {@code check} of its server. */
class DemoIT {

  private static final Path AGENT = Path.of("../agent/target/mcp-auth-agent.jar");

  /** Its remarks on heads that are too large are about what is tried here. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private final Path work;

  DemoIT(@TempDir Path work) {
    this.work = work;
  }

  @BeforeAll
  static void onlyWhatIsWrongIsTold() {
    TOMCAT.setLevel(Level.SEVERE);
  }

  @Test
  void theCommandRunsTheDemoThatLiesBesideIt() throws Exception {
    Path jar = Files.copy(AGENT, work.resolve("mcp-auth-agent.jar"));
    Files.copy(Path.of("target/mcp-auth-demo.jar"), work.resolve("mcp-auth-demo.jar"));

    Run run = run(jar, "demo");

    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(run.text())
        .contains("[4/4] fault: reconnect")
        .contains("stderr | mcpauth: error [forbidden-on-connect]")
        .contains("Everything went as told.");
  }

  @Test
  void withoutTheDemoItSaysWhereThatIsToBeHad() throws Exception {
    Run run = run(Files.copy(AGENT, work.resolve("mcp-auth-agent.jar")), "demo");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.text()).contains("no mcp-auth-demo.jar beside this jar");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 0, 'wants a login, and offers what a client needs for it',",
    "HEADER_LIMIT, 0, 'it answers 431',",
    "NO_HINT, 1, 'the MCP server must act', missing-resource-metadata",
    "FORBIDDEN, 1, 'the MCP server must act', forbidden-on-connect",
    "RECONNECT, 0, 'wants a login, and offers what a client needs for it',",
  })
  void checkSaysOfEachFaultWhatAPersonWould(Fault fault, int exit, String said, String rule)
      throws Exception {
    int port = freePort();
    try (Server server = Server.start(port, fault)) {
      Run run = run(AGENT, "check", "--header-bytes", "http://127.0.0.1:" + port + "/mcp");

      assertThat(run.exit()).as(run.text()).isEqualTo(exit);
      assertThat(run.text().replaceAll("\\s+", " ")).contains(said);
      List<String> errors =
          run.text().lines().filter(line -> line.matches("(error|warning) \\[.*")).toList();
      assertThat(errors).hasSize(rule == null ? 0 : 1);
      assertThat(errors).allMatch(line -> line.startsWith("error [" + rule + "]"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private Run run(Path jar, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    command.addAll(List.of(words));
    Path out = work.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("MCPAUTH_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectOutput(out.toFile()).start();
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running\n" + Files.readString(out));
    }
    return new Run(process.exitValue(), Files.readString(out));
  }

  /**
   * What came of a command.
   *
   * @param exit its exit code
   * @param text what it printed and said
   */
  private record Run(int exit, String text) {}
}

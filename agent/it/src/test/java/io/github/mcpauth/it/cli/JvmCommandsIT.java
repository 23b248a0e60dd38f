package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.LogLines;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into other JVMs, and the one that changes one. */
class JvmCommandsIT {

  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}";

  @TempDir Path folder;

  private Started host(RawServer server, String... jvmArguments) {
    List<String> arguments = new ArrayList<>(List.of(jvmArguments));
    arguments.addAll(
        List.of("-cp", ForkedJvm.testClasses(), WaitingHost.class.getName(), server.url("/mcp")));
    return new Started(folder, arguments);
  }

  private static RawServer server() {
    return RawServer.answering(
        request -> RawServer.response(200, "Content-Type: application/json", ANSWER));
  }

  private ForkedJvm.Run cli(String... words) throws IOException {
    return new Cli(Files.createDirectories(folder.resolve("cli"))).run(words);
  }

  @Test
  void anAgentThatComesLateWatchesFromThenOnAndTheDoctorSaysSo() throws IOException {
    try (RawServer server = server();
        Started host = host(server)) {
      assertThat(host.line()).isEqualTo("ready");
      assertThat(host.ask("call")).isEqualTo("200");
      String pid = String.valueOf(host.pid());

      ForkedJvm.Run before = cli("doctor", pid);
      assertThat(before.exit()).as(before.stderr()).isEqualTo(1);
      assertThat(before.stdout())
          .contains("✘ the agent is not in process " + pid)
          .contains("✔ HTTP clients that can be watched: java.net.http");
      ForkedJvm.Run list = cli("attach");
      assertThat(list.exit()).isZero();
      assertThat(list.stdout()).contains(pid + "  ").contains("WaitingHost");

      Path log = folder.resolve("logs").resolve("late.jsonl");
      ForkedJvm.Run attach = cli("attach", pid, "--options", "log.file=\"" + log + "\"");
      assertThat(attach.exit()).as(attach.stderr()).isZero();
      assertThat(attach.stdout())
          .contains("The agent is in process " + pid)
          .contains("not the logins, tokens and sessions from before")
          .contains("-XX:+EnableDynamicAgentLoading");
      assertThat(host.ask("call")).isEqualTo("200");
      assertThat(cli("attach", pid).stdout()).contains("already");

      assertThat(host.end()).isZero();
      assertThat(LogLines.readFolder(log.getParent()).events("http.exchange")).hasSize(1);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void theDoctorIsContentWhereAllIsWell() throws IOException {
    Path log = folder.resolve("logs").resolve("host.jsonl");
    String agent = "-javaagent:" + ForkedJvm.AGENT + "=log.file=\"" + log + "\"";
    try (RawServer server = server();
        Started host = host(server, agent)) {
      assertThat(host.line()).isEqualTo("ready");
      assertThat(host.ask("call")).isEqualTo("200");
      ForkedJvm.Run tail = cli("tail", "--no-follow", log.toString());
      assertThat(tail.exit()).as(tail.stderr()).isZero();
      ForkedJvm.Run doctor = cli("doctor", String.valueOf(host.pid()), "--log", log.toString());
      assertThat(doctor.stdout())
          .contains("✔ the agent is in process")
          .contains("✔ its log: " + log)
          .contains("✔ nothing was lost")
          .doesNotContain("✘");
      assertThat(doctor.exit()).isZero();
    }
  }

  @Test
  void whatCannotBeReachedIsSaid() throws IOException {
    assertThat(cli("attach", "no-such-name").exit()).isEqualTo(2);
    assertThat(cli("doctor", "99999999").exit()).isEqualTo(2);
    try (RawServer server = server();
        Started host = host(server, "-XX:-EnableDynamicAgentLoading")) {
      assertThat(host.line()).isEqualTo("ready");
      ForkedJvm.Run refused = cli("attach", String.valueOf(host.pid()));
      assertThat(refused.exit()).as(refused.stdout()).isEqualTo(3);
      assertThat(refused.stderr()).contains("-XX:-EnableDynamicAgentLoading");
      assertThat(host.ask("call")).isEqualTo("200");
    }
  }

  @Test
  void aJavaWithoutTheModuleSaysWhatItLacks() {
    ForkedJvm.Run run =
        ForkedJvm.in(folder)
            .withoutAgent()
            .jvm(
                "--limit-modules",
                "java.base,java.instrument,java.xml,java.net.http,jdk.unsupported")
            .jvm("-jar", ForkedJvm.AGENT.toString(), "doctor")
            .run();
    assertThat(run.exit()).as(run.stderr()).isEqualTo(2);
    assertThat(run.stderr()).contains("no jdk.attach module; run the command with a JDK");
  }
}

package io.github.mcpauth.it.harm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import io.github.mcpauth.it.record.Posts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a container does to a JVM: a user without an entry in the system's list, no {@code HOME}, or
 * one that only reads, {@code LANG=C}, UTC.
 */
class ContainerIT {

  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list'}";

  private final Path work;
  private final Path temporary;

  ContainerIT(@TempDir Path folder) {
    work = folder.resolve("work");
    temporary = folder.resolve("tmp");
  }

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(work);
    Files.createDirectories(temporary);
  }

  @Test
  void aUserWhomTheSystemDoesNotKnowHasALogInTheTemporaryFolder() throws IOException {
    ForkedJvm.Run run = run("?");
    assertThat(run.stderr()).contains("logging to " + temporary + "/.mcpauth/logs/mcpauth-");
    assertThat(logs(temporary)).hasSize(1);
    assertThat(files(work)).as("no folder that is named ?").isEmpty();
  }

  @Test
  void aHomeThatCannotBeWrittenIsToldAndTheLogIsInTheTemporaryFolder() throws IOException {
    Path home = Files.writeString(temporary.resolve("home"), "no folder");
    ForkedJvm.Run run = run(home.toString());
    List<String> said = run.stderr().lines().toList();
    assertThat(said.get(0)).startsWith("mcpauth: cannot write the log " + home);
    assertThat(said.get(0)).contains("mcpauth.log.file");
    assertThat(said.get(1)).startsWith("mcpauth: logging to " + temporary + "/mcpauth-");
    assertThat(logs(temporary)).hasSize(1);
  }

  private ForkedJvm.Run run(String home) {
    try (RawServer server =
        RawServer.answering(request -> RawServer.response(401, "X: y", "no token, no tools"))) {
      ForkedJvm.Run run =
          ForkedJvm.in(work)
              .classPath(ForkedJvm.testClasses())
              .unset("log.file")
              .env("HOME", "")
              .env("LANG", "C")
              .env("TZ", "UTC")
              .jvm("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary)
              .main(Posts.class, server.url("/mcp"), LIST)
              .run();
      assertThat(run.exit()).as(run.stderr()).isZero();
      assertThat(run.stdout().strip()).isEqualTo("401");
      assertThat(run.stderr()).contains("mcpauth: error [");
      return run;
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    return files(folder).stream().filter(each -> each.toString().endsWith(".jsonl")).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}

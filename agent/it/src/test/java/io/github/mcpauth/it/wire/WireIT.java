package io.github.mcpauth.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes on the wire and the same view for the host, with and without the agent. */
class WireIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> neitherServerNorHostCanTellThatTheAgentIsThere() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path jdk : Jdks.all()) {
      String java = "Java " + Jdks.feature(jdk);
      String jdkOnly = ForkedJvm.testClasses();
      tests.add(test(java + ", java.net.http", jdk, JdkProgram.class, jdkOnly));
      for (String set : List.of("oldest", "middle", "newest")) {
        String path = jdkOnly + File.pathSeparator + okhttp(set);
        tests.add(test(java + ", OkHttp " + set, jdk, OkHttpProgram.class, path));
      }
    }
    return tests;
  }

  private static String okhttp(String set) {
    return set.equals("middle")
        ? ForkedJvm.jars("okhttp-", "okio", "kotlin-stdlib")
        : ForkedJvm.okhttp(set);
  }

  private DynamicTest test(String name, Path jdk, Class<?> program, String classPath) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Path work = folder.resolve(name.replace(' ', '-'));
          try (RawServer bareServer = RawServer.answering(WireIT::answer);
              RawServer server = RawServer.answering(WireIT::answer)) {
            ForkedJvm.Run bare =
                ForkedJvm.in(work.resolve("bare"))
                    .javaHome(jdk)
                    .withoutAgent()
                    .classPath(classPath)
                    .main(program, bareServer.origin())
                    .run();
            ForkedJvm.Run watched =
                ForkedJvm.in(work.resolve("watched"))
                    .javaHome(jdk)
                    .classPath(classPath)
                    .main(program, server.origin())
                    .set("autofix", "dry-run")
                    .run();
            assertThat(watched.stdout()).isEqualTo(bare.stdout()).contains("/mcp 200");
            assertThat(heads(server)).isEqualTo(heads(bareServer));
            assertThat(watched.exit()).isEqualTo(bare.exit());
            headerBytesAreWhatTheServerCounted(watched, server);
          }
        });
  }

  private static void headerBytesAreWhatTheServerCounted(ForkedJvm.Run run, RawServer server) {
    List<Integer> counted = server.requests().stream().map(RawServer.Request::headBytes).toList();
    List<Integer> logged = new ArrayList<>();
    for (JsonNode line : run.log().events("http.exchange")) {
      logged.add(line.path("mcpauth.request.header_bytes").asInt());
    }
    assertThat(logged).isNotEmpty().containsExactlyElementsOf(counted);
    assertThat(run.log().events("agent.error")).isEmpty();
  }

  private static List<String> heads(RawServer server) {
    return server.requests().stream()
        .map(request -> request.head().replaceAll("127.0.0.1:\\d+", "it") + request.text())
        .toList();
  }

  private static String answer(RawServer.Request request) {
    if (request.line().contains(" /moved ")) {
      return RawServer.response(307, "Location: /mcp", "");
    }
    if (request.line().contains(" /refused ")) {
      return RawServer.response(401, "WWW-Authenticate: Bearer realm=\"x\"", "no token");
    }
    if (request.line().contains(" /gone ")) {
      return RawServer.response(404, "Content-Type: text/html", "<html>gone</html>");
    }
    if (request.line().contains(" /closed ")) {
      return "";
    }
    return RawServer.response(
        200, "Content-Type: application/json\nMcp-Session-Id: abcdefghij", RESULT);
  }
}

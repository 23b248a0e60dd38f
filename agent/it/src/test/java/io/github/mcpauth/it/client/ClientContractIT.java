package io.github.mcpauth.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.Jdks;
import io.github.mcpauth.it.harness.RawServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an application, its server and the agent's log may rely on, whichever HTTP client the
 * application has. What is particular to one client is tested beside its instrumentation.
 */
class ClientContractIT {

  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}";
  private static final String[] PATHS = {"/mcp", "/moved", "/refused", "/gone", "/closed", "/shop"};

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void neitherApplicationNorServerCanTellThatTheAgentIsThere(ClientUnderTest client, Path jdk) {
    Played without = play(client, jvm("without", jdk).withoutAgent(), PATHS);
    Played with = play(client, jvm("with", jdk).set("autofix", "dry-run"), PATHS);
    assertThat(with.run().stdout()).isEqualTo(without.run().stdout()).contains("/mcp Answer[");
    assertThat(with.received()).containsExactlyElementsOf(without.received()).hasSizeGreaterThan(6);
    assertThat(with.run().exit()).isEqualTo(without.run().exit()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void everyExchangeWithTheMcpServerIsLoggedAsItWasOnTheWire(ClientUnderTest client) {
    Played played = play(client, jvm("logged"), "/mcp", "/seen", "/shop", "/gone");
    List<String> logged = new ArrayList<>();
    for (JsonNode line : played.run().log().events("http.exchange")) {
      logged.add(
          line.path("url.full").asText()
              + " "
              + line.path("http.response.status_code").asInt()
              + " "
              + line.path("mcpauth.request.header_bytes").asInt()
              + " "
              + line.path("mcpauth.exchange.cause").asText());
    }
    List<RawServer.Request> got = played.requests();
    assertThat(logged)
        .containsExactly(
            played.origin() + "/mcp 200 " + got.get(0).headBytes() + " ",
            played.origin() + "/seen 302 " + got.get(1).headBytes() + " ",
            played.origin() + "/mcp 405 " + got.get(2).headBytes() + " redirect",
            played.origin() + "/gone 404 " + got.get(4).headBytes() + " ");
    assertThat(played.run().log().events("agent.error")).isEmpty();
    assertThat(played.run().log().lines().toString()).doesNotContain("tokentokentoken");
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsFound(ClientUnderTest client) {
    Played played = play(client, jvm("found"), "/seen");
    assertThat(played.run().log().findings()).contains("redirect-broke-request");
    assertThat(played.run().stderr()).contains("redirect-broke-request");
  }

  @ParameterizedTest
  @EnumSource
  void aReplayGivesTheApplicationTheAnswerThatItWanted(ClientUnderTest client) {
    Played played =
        play(client, jvm("replayed").set("autofix.redirect-broke-request", "on"), "/seen");
    assertThat(played.run().stdout()).contains("/seen Answer[status=200").contains(RESULT);
    assertThat(played.requests().get(1).line()).startsWith("POST /mcp ");
    assertThat(played.requests().get(1).text()).isEqualTo(ContractProgram.LIST);
    assertThat(played.run().log().events("fix.applied")).hasSize(1);
  }

  /** What came of a program, and what its server got. */
  private record Played(ForkedJvm.Run run, List<RawServer.Request> requests, String origin) {

    List<String> received() {
      return requests.stream()
          .map(request -> request.head().replace(origin.substring(7), "it") + request.text())
          .toList();
    }
  }

  private Played play(ClientUnderTest client, ForkedJvm jvm, String... paths) {
    try (RawServer server = RawServer.answering(ClientContractIT::answer)) {
      List<String> arguments = new ArrayList<>(List.of(client.name(), server.origin()));
      arguments.addAll(List.of(paths));
      ForkedJvm.Run run =
          jvm.classPath(client.classPath())
              .main(ContractProgram.class, arguments.toArray(String[]::new))
              .run();
      return new Played(run, server.requests(), server.origin());
    }
  }

  private ForkedJvm jvm(String name) {
    return ForkedJvm.in(folder.resolve(name));
  }

  private ForkedJvm jvm(String name, Path jdk) {
    return jvm(name).javaHome(jdk);
  }

  static Stream<Arguments> everywhere() {
    return Jdks.all().stream()
        .flatMap(jdk -> Stream.of(ClientUnderTest.values()).map(each -> arguments(each, jdk)));
  }

  private static String answer(RawServer.Request request) {
    String path = request.line().split(" ")[1];
    return switch (path) {
      case "/moved" -> RawServer.response(307, "Location: /mcp", "");
      case "/seen" -> RawServer.response(302, "Location: /mcp", "");
      case "/refused" -> RawServer.response(401, "WWW-Authenticate: Bearer realm=\"x\"", "no");
      case "/gone" -> RawServer.response(404, "Content-Type: text/html", "<html>gone</html>");
      case "/closed" -> "";
      default ->
          request.line().startsWith("GET ")
              ? RawServer.response(405, "Allow: POST", "")
              : RawServer.response(200, "Content-Type: application/json", RESULT);
    };
  }
}

package io.github.mcpauth.it.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A planted secret is in no file and on no console, wherever it was on the wire. */
class LeakIT {

  private static final String CANARY = "Canary4f7a1c9be2d05836";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"default, 20MiB", "minimal, 20MiB", "default, 2KiB"})
  void noSinkShowsAPlantedSecret(String capture, String maxSize) throws IOException {
    try (RawServer server = RawServer.answering(LeakIT::answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses())
              .main(LeakProgram.class, server.origin(), CANARY)
              .set("capture", capture)
              .set("console", "all")
              .set("log.max-size", maxSize)
              .run();
      assertThat(run.stdout()).isEqualTo("done\n");
      assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(roles(run)).contains("mcp", "token", "registration");
      assertThat(run.stderr()).doesNotContain(CANARY);
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> logs = files.filter(Files::isRegularFile).toList();
        assertThat(logs).isNotEmpty();
        for (Path log : logs) {
          assertThat(Files.readString(log)).as(log.toString()).doesNotContain(CANARY);
        }
      }
    }
  }

  /** Neither client hands one on before the body has ended, and the agent reads none. */
  @ParameterizedTest
  @ValueSource(strings = {"java.net.http", "okhttp"})
  void noSinkShowsWhatIsInATrailer(String client) throws IOException {
    String error = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no\"}}";
    String answer =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nTrailer: X-Auth-Token\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(error.length())
            + "\r\n"
            + error
            + "\r\n0\r\nX-Auth-Token: @\r\nSet-Cookie: a=@\r\nLocation: /x?code=@\r\n\r\n";
    try (RawServer server = RawServer.answering(request -> answer.replace("@", CANARY))) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses() + File.pathSeparator + ForkedJvm.okhttp("newest"))
              .main(TrailerProgram.class, client, server.url("/mcp"))
              .set("console", "all")
              .run();
      assertThat(run.stdout()).isEqualTo("400 " + error + "\n");
      assertThat(run.log().events("http.exchange")).hasSize(1);
      assertThat(run.stderr()).doesNotContain(CANARY);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(each)).as(each.toString()).doesNotContain(CANARY);
        }
      }
    }
  }

  private static List<String> roles(ForkedJvm.Run run) {
    return run.log().events("http.exchange").stream()
        .map(line -> line.path("mcpauth.role").asText())
        .toList();
  }

  private static String answer(RawServer.Request request) {
    if (request.line().contains("/token")) {
      String tokens =
          "{\"access_token\":\"@\",\"refresh_token\":\"@\",\"error_description\":\"was @\"}";
      return RawServer.response(200, "Content-Type: application/json", tokens.replace("@", CANARY));
    }
    if (request.line().contains("/register")) {
      String client = "{\"client_id\":\"c\",\"client_secret\":\"@\"}";
      return RawServer.response(201, "Content-Type: application/json", client.replace("@", CANARY));
    }
    return RawServer.response(
        401,
        "Content-Type: application/json\nSet-Cookie: a="
            + CANARY
            + "\nX-Auth-Token: "
            + CANARY
            + "\nLocation: /x?code="
            + CANARY,
        "{\"error\":\"token " + CANARY + " is unknown\"}");
  }
}

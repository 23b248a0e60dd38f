package io.github.mcpauth.it.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One secret, in every place of a request, and echoed by the server in every form: no line of log
 * or console has eight characters of it, with whatever is captured and repaired.
 */
class CanaryIT {

  private static final String CANARY = "Kd7fQ2-xW9_mZ4.vB6tR1";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"default, off", "minimal, off", "default, safe", "minimal, safe"})
  void noSinkShowsIt(String capture, String fixes) throws IOException {
    try (RawServer server = RawServer.answering(CanaryIT::answer)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses())
              .main(CanaryProgram.class, server.origin(), CANARY)
              .set("capture", capture)
              .set("autofix", fixes)
              .set("console", "all")
              .run();
      assertThat(run.stdout()).isEqualTo("done\n");
      assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(CanaryProgram.REQUESTS.size());
      assertThat(run.log().findings()).isNotEmpty();
      assertHidden("stderr", run.stderr());
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path log : files.filter(Files::isRegularFile).toList()) {
          assertHidden(log.toString(), Files.readString(log));
        }
      }
    }
  }

  private static void assertHidden(String where, String text) {
    String head = CANARY.substring(0, 8);
    byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes).substring(0, 12);
    assertThat(text.toLowerCase(Locale.ROOT))
        .as(where)
        .doesNotContain(head.toLowerCase(Locale.ROOT))
        .doesNotContain("kd7fq2%2dxw9")
        .doesNotContain(base64.toLowerCase(Locale.ROOT));
  }

  private static String answer(RawServer.Request request) {
    String line = request.line();
    byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
    String echo =
        String.join(
            " ",
            List.of(
                "the code " + CANARY + " is used",
                CANARY.toLowerCase(Locale.ROOT),
                CANARY.replace("-", "%2D"),
                CANARY.replace("-", "&#45;"),
                CANARY.substring(0, 10) + "...",
                Base64.getEncoder().encodeToString(bytes)));
    if (line.contains("/token")) {
      String error = "{\"error\":\"invalid_grant\",\"error_description\":\"" + echo + "\"}";
      return RawServer.response(400, "Content-Type: application/json", error);
    }
    if (line.contains("/register")) {
      String error =
          "{\"error\":\"invalid_redirect_uri\",\"error_description\":\""
              + echo
              + "\",\"sub\":\""
              + CANARY
              + "\"}";
      return RawServer.response(400, "Content-Type: application/json", error);
    }
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"" + echo + "\"}}";
    if (line.contains("/stream")) {
      return RawServer.response(
          200, "Content-Type: text/event-stream", "data: " + message + "\n\n");
    }
    String plain = echo.replace('"', '\'');
    return RawServer.response(
        401,
        "Content-Type: application/json\nWWW-Authenticate: Bearer error=\"invalid_token\", "
            + "error_description=\""
            + plain
            + "\", scope=\""
            + CANARY
            + "\", ticket=\""
            + CANARY
            + "\"\nSet-Cookie: "
            + CANARY
            + "; Path=/"
            + CANARY
            + "\nX-Custom: "
            + CANARY,
        "{\"error\":\"invalid_token\",\"error_description\":\"" + echo + "\"}");
  }
}

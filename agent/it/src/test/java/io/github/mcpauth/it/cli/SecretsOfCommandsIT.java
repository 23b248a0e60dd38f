package io.github.mcpauth.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a command is given, or finds on the command line of a JVM, stands in none of its outputs:
 * neither where a server gives all of it back, nor where it was mistyped.
 */
class SecretsOfCommandsIT {

  /** Words, so that nothing but where they stood tells what they are. */
  private static final String WORD = "gribblefoxnarwhal";

  private static final String TOKEN = "tulipmeadow7Qx9zz4Kd81";
  private static final String KEY = "narwhalfoxmeadow77";

  @TempDir Path work;

  /** Everything of a request that a server may give back, in one line. */
  private static String said(RawServer.Request request) {
    return (request.head() + request.text()).replaceAll("[\\r\\n\"]+", " ").strip();
  }

  private static String answer(RawServer.Request request, String how) {
    String said = said(request);
    String echo = "X-Echo: " + said;
    if (request.line().contains("well-known")) {
      String document = "{\"resource\":\"" + said + "\",\"authorization_servers\":[\"" + said;
      String json = document + "\"],\"issuer\":\"" + said + "\",\"token_endpoint\":\"" + said;
      return RawServer.response(200, "Content-Type: application/json\n" + echo, json + "\"}");
    }
    return switch (how) {
      case "challenge" ->
          RawServer.response(
              401,
              "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\""
                  + said
                  + "\"\n"
                  + echo,
              "no: " + said);
      case "error" ->
          RawServer.response(
              200,
              "Content-Type: application/json\n" + echo,
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\""
                  + said
                  + "\"}}");
      case "redirect" ->
          RawServer.response(302, "Location: /login?said=" + said.replace(' ', '+'), "");
      default -> RawServer.response(500, "Content-Type: text/html", "<title>" + said + "</title>");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "challenge, text",
    "challenge, json",
    "error, text",
    "error, markdown",
    "redirect, junit",
    "page, text"
  })
  void whatAServerGivesBackIsHidden(String how, String format) throws IOException {
    Path log = work.resolve("check.jsonl");
    try (RawServer server = RawServer.answering(request -> answer(request, how))) {
      ForkedJvm.Run run =
          new Cli(work)
              .jvm(
                  "check",
                  server.origin() + "/mcp?api_key=" + KEY,
                  "--token-env",
                  "TOKEN",
                  "--header",
                  "X-Api-Key: ${WORD}",
                  "--format",
                  format,
                  "--timeout",
                  "5",
                  "--log",
                  log.toString())
              .env("TOKEN", TOKEN)
              .env("WORD", WORD)
              .run();
      assertThat(server.requests().toString()).as("it was sent").isNotEmpty();
      assertThat(server.requests()).anyMatch(request -> said(request).contains(WORD));
      assertHidden(run.stdout() + run.stderr() + Files.readString(log));
    }
  }

  @Test
  void whatWasMistypedIsHidden() {
    Cli cli = new Cli(work);
    String url = "http://127.0.0.1:1/mcp";
    for (List<String> words :
        List.of(
            List.of("check", url, "--header", "X-Api-Key " + WORD),
            List.of("check", "htps://u:" + WORD + "@mcp.example/mcp"),
            List.of("check", "http://u:" + WORD + "@mcp.example/mcp"),
            List.of("check", "http://mcp.example/m cp?token=" + WORD))) {
      ForkedJvm.Run run = cli.run(words.toArray(new String[0]));
      assertThat(run.exit()).as("%s", words).isEqualTo(2);
      assertThat(run.stderr()).isNotBlank();
      assertHidden(run.stdout() + run.stderr());
    }
  }

  @Test
  void whatAJvmWasStartedWithIsHidden() {
    List<String> started =
        List.of(
            "-cp",
            ForkedJvm.testClasses(),
            "-Ddb.password=" + WORD,
            WaitingHost.class.getName(),
            "http://u:" + WORD + "@127.0.0.1:1/mcp?token=" + WORD,
            "--token",
            WORD,
            "--password=" + WORD);
    try (Started host = new Started(work, started)) {
      for (String command : List.of("attach", "doctor")) {
        ForkedJvm.Run list = new Cli(work).run(command);
        assertThat(list.stdout()).contains("WaitingHost");
        assertHidden(list.stdout() + list.stderr());
      }
      ForkedJvm.Run one = new Cli(work).run("doctor", String.valueOf(host.pid()));
      assertHidden(one.stdout() + one.stderr());
    }
  }

  private static void assertHidden(String shown) {
    String text = shown.toLowerCase(Locale.ROOT);
    for (String secret : List.of(WORD, TOKEN, KEY)) {
      assertThat(text).doesNotContain(secret.substring(0, 8).toLowerCase(Locale.ROOT));
    }
  }
}

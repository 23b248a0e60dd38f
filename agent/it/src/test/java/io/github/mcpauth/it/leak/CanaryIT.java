package io.github.mcpauth.it.leak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.it.harness.ForkedJvm;
import io.github.mcpauth.it.harness.RawServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A secret for each place of an exchange, which a server then echoes in every form, a few bytes at
 * a time: no line of log or console has eight characters of one, with whatever is captured and
 * repaired, on both clients.
 */
class CanaryIT {

  private static final Path TABLE = Path.of("../src/test/resources/canaries.txt").toAbsolutePath();
  private static final int PIECE = 41;

  /** Whatever shows a log to somebody; all of it to who captured more than the least. */
  private static final List<String> COMMANDS =
      List.of(
          "report --format html -o -",
          "report --format markdown",
          "report --format har",
          "report --format mermaid",
          "report --format junit",
          "check --format text",
          "check --format json",
          "check --format junit",
          "check --format markdown",
          "diff LOG",
          "tail --no-follow -n 100000");

  @TempDir Path folder;

  private final List<CanaryPlace> places = CanaryPlace.all(TABLE);

  /** The rows whose secret came over the wire: a client may keep a field to itself. */
  private final Set<Integer> arrived = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @CsvSource({
    "java.net.http, default, safe",
    "java.net.http, minimal, off",
    "okhttp, default, off",
    "okhttp, minimal, safe"
  })
  void noSinkShowsOne(String client, String capture, String fixes) throws IOException {
    assertThat(places).hasSizeGreaterThan(200);
    try (RawServer server = RawServer.answering(this::answer).inPieces(PIECE)) {
      ForkedJvm.Run run =
          ForkedJvm.in(folder)
              .classPath(ForkedJvm.testClasses() + File.pathSeparator + ForkedJvm.okhttp("newest"))
              .main(CanaryProgram.class, client, server.origin(), TABLE.toString())
              .set("capture", capture)
              .set("autofix", fixes)
              .set("console", "all")
              .limit(Duration.ofMinutes(5))
              .run();
      assertThat(run.stdout()).isEqualTo("done\n");
      assertThat(run.log().events("http.exchange")).hasSizeGreaterThan(places.size());
      assertThat(arrived).hasSizeGreaterThan(places.size() - 10);
      assertThat(run.log().events("agent.gap")).isEmpty();
      assertThat(run.log().findings()).isNotEmpty();
      List<String> shown = new ArrayList<>();
      find("stderr", run.stderr(), shown);
      for (String command : COMMANDS.subList(0, capture.equals("default") ? COMMANDS.size() : 1)) {
        ForkedJvm.Run told = command(command.split(" "));
        assertThat(told.stdout() + told.stderr()).as(command).isNotBlank();
        find(command, told.stdout() + told.stderr(), shown);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path log : files.filter(Files::isRegularFile).toList()) {
          find(log.getFileName().toString(), Files.readString(log), shown);
        }
      }
      assertThat(shown).isEmpty();
    }
  }

  private ForkedJvm.Run command(String... words) {
    String log = folder.resolve("mcpauth.jsonl").toString();
    return ForkedJvm.in(folder)
        .withoutAgent()
        .jvm("-jar", ForkedJvm.AGENT.toString())
        .jvm(Arrays.stream(words).map(word -> word.replace("LOG", log)).toArray(String[]::new))
        .jvm(log)
        .run();
  }

  private void find(String where, String text, List<String> shown) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (CanaryPlace place : places) {
      String base64 = Base64.getEncoder().encodeToString(place.secret().getBytes(UTF_8));
      String hex = HexFormat.of().formatHex(place.secret().getBytes(UTF_8));
      for (String each : List.of(place.secret(), base64, hex)) {
        int length = each.equals(hex) ? 16 : 8;
        int at = lower.indexOf(each.substring(0, length).toLowerCase(Locale.ROOT));
        if (at >= 0) {
          int end = Math.min(text.length(), at + 60);
          shown.add(where + ", " + place + ": " + text.substring(Math.max(0, at - 200), end));
        }
      }
    }
  }

  private String answer(RawServer.Request request) {
    String row = String.valueOf(request.header("X-Row"));
    if (row.startsWith("echo ")) {
      int echoed = Integer.parseInt(row.substring(5));
      return arrived.contains(echoed)
          ? echo(places.get(echoed))
          : RawServer.response(403, "Content-Type: text/plain", "no");
    }
    if (!row.matches("\\d+")) {
      return RawServer.response(404, "Content-Type: text/plain", "no such thing");
    }
    CanaryPlace place = places.get(Integer.parseInt(row));
    if (place.is("sent") && request.header(place.field()[0]) == null) {
      return RawServer.response(403, "Content-Type: text/plain", "no");
    }
    arrived.add(place.row());
    String json = "Content-Type: application/json";
    String refusal =
        "{\"error\":\"invalid_token\",\"error_description\":\"" + echoes(place) + "\"}";
    return switch (place.kind()) {
      case "got" -> RawServer.response(401, json + "\n" + place.part(), refusal);
      case "answer" -> RawServer.response(place.row() % 2 == 0 ? 200 : 400, json, place.part());
      case "reply" -> RawServer.response(place.row() % 2 == 0 ? 200 : 400, json, place.part());
      case "page" -> RawServer.response(403, "Content-Type: text/html", place.part());
      default -> RawServer.response(place.row() % 2 == 0 ? 401 : 400, json, refusal);
    };
  }

  /** What it was sent, by turns in a challenge, in a stream, in an error, in a page. */
  private static String echo(CanaryPlace place) {
    String said = echoes(place);
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"" + said + "\"}}";
    return switch (place.row() % 4) {
      case 0 ->
          RawServer.response(
              401,
              "Content-Type: application/json\nWWW-Authenticate: Bearer error=\"invalid_token\", "
                  + "error_description=\""
                  + said
                  + "\", scope=\""
                  + place.secret()
                  + "\"",
              message);
      case 1 ->
          RawServer.response(
              200,
              "Content-Type: text/event-stream",
              "data: " + message.replace(",", ",\ndata: ") + "\n\n");
      case 2 -> RawServer.response(400, "Content-Type: application/json", message);
      default ->
          RawServer.response(
              403, "Content-Type: text/html", "<html><title>No</title><p>" + said + "</html>");
    };
  }

  private static String echoes(CanaryPlace place) {
    String secret = place.secret();
    return String.join(
        " ",
        "the code " + secret + " is used",
        secret.toUpperCase(Locale.ROOT),
        secret.substring(0, 1)
            + String.format("&#%d;", (int) secret.charAt(1))
            + secret.substring(2),
        String.format("%%%02x", (int) secret.charAt(0)) + secret.substring(1),
        secret.substring(0, Math.min(9, secret.length())) + "...",
        HexFormat.of().formatHex(secret.getBytes(UTF_8)),
        HexFormat.ofDelimiter(":").formatHex(secret.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(("{'a':'" + secret + "'}").getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
  }
}

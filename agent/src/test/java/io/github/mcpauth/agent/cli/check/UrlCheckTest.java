package io.github.mcpauth.agent.cli.check;

import static io.github.mcpauth.agent.check.ModelServer.json;
import static io.github.mcpauth.agent.check.ModelServer.response;
import static io.github.mcpauth.agent.cli.check.UrlChecks.NOTHING;
import static io.github.mcpauth.agent.cli.check.UrlChecks.check;
import static io.github.mcpauth.agent.cli.check.UrlChecks.isMcp;
import static io.github.mcpauth.agent.cli.check.UrlChecks.isResource;
import static io.github.mcpauth.agent.cli.check.UrlChecks.rules;
import static io.github.mcpauth.agent.cli.check.UrlChecks.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.agent.check.BytesServer;
import io.github.mcpauth.agent.check.ModelServer;
import io.github.mcpauth.agent.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check <url>} does with a token, with a client's habits, and with what is hostile. */
@Timeout(60)
class UrlCheckTest {

  private final Path folder;

  UrlCheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void withATokenTheSessionIsWalkedAndEnded() throws IOException {
    try (ModelServer server = ModelServer.but(NOTHING)) {
      Typed typed = check("--token-file", token(), server.url());
      assertThat(typed.exit()).as(typed.out()).isZero();
      assertThat(typed.out())
          .contains("✔ login             the credential is taken")
          .contains("✔ tools/list        0 tools, twice")
          .contains("✔ session's end     DELETE ends it, and 404 says so")
          .contains("✔ reconnect         a new connection works")
          .contains("=> works\n")
          .doesNotContain(ModelServer.TOKEN);
      assertThat(server.open()).isZero();
    }
  }

  @Test
  void aTokenThatIsRefusedIsTheUsersAffair() throws IOException {
    try (ModelServer server = ModelServer.but(NOTHING)) {
      Typed typed = check("--token-command", "echo wrong-token", server.url());
      assertThat(typed.exit()).isEqualTo(1);
      assertThat(typed.out()).contains("=> refuses the credential; the user must act");
      assertThat(rules(typed)).containsExactly("rejected-after-auth");
    }
  }

  @Test
  void aKeyThatIsNoTokenAsksForNoMetadata() throws IOException {
    try (ModelServer server =
        ModelServer.but(
            (request, its) ->
                !isMcp(request)
                    ? response(404, "", "")
                    : "k-123".equals(request.header("X-API-Key"))
                        ? its.mcp(request)
                        : json(401, Map.of("error", "API key missing")))) {
      Typed typed = check("--header", "X-API-Key: k-123", server.url());
      assertThat(typed.exit()).as(typed.out()).isZero();
      assertThat(typed.out()).contains("=> works\n");
    }
  }

  @Test
  void aSessionThatIsGoneIsToldOfWith404() throws IOException {
    try (ModelServer server =
        ModelServer.but(
            (request, its) -> {
              String answer = isMcp(request) ? its.mcp(request) : response(404, "", "");
              boolean gone = answer.contains("Session not found");
              return gone ? answer.replace("HTTP/1.1 404", "HTTP/1.1 500") : answer;
            })) {
      Typed typed = check(server.url());
      assertThat(typed.exit()).as(typed.out()).isEqualTo(1);
      assertThat(rules(typed)).containsExactly("session-lost");
      assertThat(typed.out()).contains("✘ session's end");
    }
  }

  @Test
  void aCredentialStaysWithTheOriginThatItIsFor() throws IOException {
    List<String> seen = new ArrayList<>();
    try (BytesServer other =
            BytesServer.answering(
                request -> {
                  seen.add(request.head());
                  return response(200, "Content-Type: application/json", "{}");
                });
        ModelServer server =
            ModelServer.but(
                (request, its) ->
                    isMcp(request) && request.header("Authorization") != null
                        ? response(307, "Location: " + other.origin() + "/mcp", "")
                        : null)) {
      check("--token-file", token(), "--header", "X-Tenant: t-1", server.url());
      assertThat(seen).hasSize(1);
      assertThat(seen.get(0)).doesNotContain(ModelServer.TOKEN).doesNotContain("t-1");
    }
  }

  @Test
  void whatADocumentNamesIsNotAskedForWhereItIsNoPlaceToGo() throws IOException {
    try (ModelServer server =
        ModelServer.but(
            (request, its) ->
                isResource(request)
                    ? json(
                        200,
                        with(
                            its.resource(),
                            "authorization_servers",
                            List.of("http://169.254.169.254/latest")))
                    : null)) {
      Typed typed = check(server.url());
      assertThat(typed.exit()).isEqualTo(1);
      assertThat(typed.out()).contains("not asked: 169.254.169.254 is a cloud's metadata address");
    }
  }

  @Test
  void theSizeOfHeadAtWhichTheServerRefusesIsFound() throws IOException {
    try (ModelServer server =
        ModelServer.but(
            (request, its) ->
                request.head().length() > 8192
                    ? response(431, "Content-Type: text/plain", "too big")
                    : isMcp(request) ? its.mcp(request) : response(404, "", ""))) {
      Typed typed = check("--header-bytes", server.url());
      assertThat(typed.out()).contains("it takes 8192 bytes; at 8193 it answers 431 \"too big\"");
    }
  }

  @Test
  void aClientIsAskedForAsItAsks() throws IOException {
    try (ModelServer server = ModelServer.but(NOTHING)) {
      Typed typed = check("--as", "langchain4j", "--token-file", token(), server.url());
      assertThat(typed.exit()).as(typed.out()).isZero();
      assertThat(server.requests()).allMatch(each -> "h2c".equals(each.header("Upgrade")));
      assertThat(server.requests())
          .filteredOn(each -> each.rpc("method").equals("tools/list"))
          .filteredOn(each -> each.header("Mcp-Method") == null)
          .allMatch(each -> each.header("MCP-Protocol-Version") == null);
      assertThat(check("--as", "java-sdk", server.url()).out())
          .contains("the MCP Java SDK 2.1 stops: it starts no login");
    }
  }

  @Test
  void severalServersHaveTheWorstOfTheirVerdicts() throws IOException {
    BytesServer gone = BytesServer.answering(request -> "");
    gone.close();
    try (ModelServer server = ModelServer.but(NOTHING)) {
      assertThat(check(server.url(), gone.origin() + "/mcp").exit()).isEqualTo(3);
      Path config =
          Files.writeString(
              folder.resolve("mcp.json"),
              "{\"mcpServers\":{\"a\":{\"url\":\""
                  + server.url()
                  + "\"},\"b\":{\"command\":\"x\"}}}");
      Typed typed = check("--config", config.toString());
      assertThat(typed.exit()).isZero();
      assertThat(typed.out()).startsWith("a: " + server.url());
      assertThat(typed.err()).contains("skipped: b is a program");
    }
  }

  @Test
  void theLogOfTheCheckIsAnyOtherLog() throws IOException {
    Path log = folder.resolve("check.jsonl");
    try (ModelServer server = ModelServer.but(NOTHING)) {
      assertThat(check("--token-file", token(), "--log", log.toString(), server.url()).exit())
          .isZero();
    }
    assertThat(Files.readString(log)).doesNotContain(ModelServer.TOKEN);
    assertThat(Typed.command("check", log.toString()).exit()).isZero();
  }

  @Test
  void hostileTextMovesNoCursor() throws IOException {
    String evil = "\u001b]0;pwned\u0007\u001b[2J\u009b31m";
    try (ModelServer server =
        ModelServer.but(
            (request, its) ->
                response(
                    400,
                    "Content-Type: text/plain\r\nMcp-Session-Id: " + evil,
                    evil + "x".repeat(2000)))) {
      for (String format : List.of("text", "json", "junit", "markdown")) {
        String out = check("--format", format, server.url()).out();
        assertThat(out.chars().filter(c -> c < ' ' && c != '\n' || c == 0x9b || c == 7)).isEmpty();
      }
    }
  }

  @Test
  void whatIsTypedWrongIsSaid() throws IOException {
    for (String[] words :
        new String[][] {
          {"https://a.example/", "host.jsonl"},
          {"--as", "netscape", "https://a.example/"},
          {"--as", "vscode"},
          {"--token-env", "NO_SUCH_VARIABLE_4711", "https://a.example/"},
          {"--token-env", "A", "--token-command", "b", "https://a.example/"},
          {"--token-command", "echo t", "https://a.example/", "https://b.example/"},
          {"--timeout", "0", "https://a.example/"},
          {"https://user:secret@a.example/"},
          {"https://"},
        }) {
      List<String> all = new ArrayList<>(List.of("check"));
      all.addAll(List.of(words));
      Typed typed = Typed.command(all.toArray(new String[0]));
      assertThat(typed.exit()).as(String.join(" ", words)).isEqualTo(2);
      assertThat(typed.err().lines()).hasSize(1);
      assertThat(typed.err() + typed.out()).doesNotContain("secret");
    }
  }

  private String token() throws IOException {
    return Files.writeString(folder.resolve("token"), ModelServer.TOKEN + "\n").toString();
  }
}

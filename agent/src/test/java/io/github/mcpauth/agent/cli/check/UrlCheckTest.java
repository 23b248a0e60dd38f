package io.github.mcpauth.agent.cli.check;

import static io.github.mcpauth.agent.check.ModelServer.json;
import static io.github.mcpauth.agent.check.ModelServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mcpauth.agent.check.BytesServer;
import io.github.mcpauth.agent.check.BytesServer.Request;
import io.github.mcpauth.agent.check.ModelServer;
import io.github.mcpauth.agent.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers with one thing wrong, or none, and the verdict that a person would give. */
@Timeout(60)
class UrlCheckTest {

  private final Path folder;

  UrlCheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A name, how the server differs from the specification, exit, verdict, rules; with a token. */
  static Stream<Arguments> servers() {
    return Stream.of(
        verdict("nothing", null, 0, "=> wants a login, and offers what a client needs for it"),
        verdict(
            "no hint and no metadata",
            (request, server) ->
                isMcp(request)
                    ? response(401, "WWW-Authenticate: Bearer", "")
                    : isResource(request) ? response(404, "", "") : null,
            1,
            "=> wants a login that a strict client cannot begin; the MCP server must act",
            "missing-resource-metadata"),
        verdict(
            "no hint, but the well-known URL works",
            (request, server) ->
                isMcp(request) ? response(401, "WWW-Authenticate: Bearer", "") : null,
            0,
            "=> wants a login, and offers"),
        verdict(
            "an API key",
            (request, server) ->
                isMcp(request)
                    ? json(401, Map.of("error", "Missing API key: send it as X-API-Key"))
                    : response(404, "", ""),
            1,
            "the user must act",
            "missing-resource-metadata"),
        verdict(
            "403 for 401",
            (request, server) ->
                isMcp(request) ? json(403, Map.of("error", "authentication required")) : null,
            1,
            "the MCP server must act",
            "forbidden-on-connect"),
        verdict(
            "a firewall",
            (request, server) ->
                response(
                    403,
                    "Content-Type: text/html\r\nServer: cloudflare\r\ncf-mitigated: challenge",
                    "<title>Just a moment...</title>"),
            1,
            "=> cannot be used; the network must act",
            "blocked-before-server"),
        verdict(
            "another resource",
            (request, server) ->
                isResource(request)
                    ? json(200, with(server.resource(), "resource", "https://other.example/mcp"))
                    : null,
            1,
            "the MCP server must act",
            "resource-mismatch"),
        verdict(
            "a slash too many",
            (request, server) ->
                isResource(request)
                    ? json(200, with(server.resource(), "resource", server.url() + "/"))
                    : null,
            1,
            "the MCP server must act",
            "resource-mismatch"),
        verdict(
            "metadata of the whole origin",
            (request, server) ->
                request.path().equals("/.well-known/oauth-protected-resource/mcp")
                    ? response(404, "", "")
                    : isMcp(request)
                        ? response(401, "WWW-Authenticate: Bearer", "")
                        : isResource(request)
                            ? json(200, with(server.resource(), "resource", server.origin()))
                            : null,
            0,
            "=> wants a login, and offers"),
        verdict(
            "another issuer",
            (request, server) ->
                isIssuer(request)
                    ? json(200, with(server.issuer(), "issuer", server.origin() + "/"))
                    : null,
            1,
            "the authorization server must act",
            "issuer-mismatch"),
        verdict(
            "no PKCE",
            (request, server) ->
                isIssuer(request)
                    ? json(
                        200,
                        with(server.issuer(), "code_challenge_methods_supported", List.of("plain")))
                    : null,
            1,
            "the authorization server must act",
            "pkce-not-advertised"),
        verdict(
            "no registration",
            (request, server) ->
                isIssuer(request)
                    ? json(200, without(server.issuer(), "registration_endpoint"))
                    : null,
            1,
            "the user must act",
            "client-registration-unavailable"),
        verdict(
            "client metadata documents",
            (request, server) ->
                isIssuer(request)
                    ? json(
                        200,
                        with(
                            without(server.issuer(), "registration_endpoint"),
                            "client_id_metadata_document_supported",
                            true))
                    : null,
            0,
            "=> wants a login, and offers"),
        verdict(
            "no login",
            (request, server) -> isMcp(request) ? server.mcp(request) : response(404, "", ""),
            0,
            "=> works"),
        verdict(
            "a login for what there is to do alone",
            (request, server) ->
                !isMcp(request)
                    ? null
                    : request.rpc("method").equals("tools/list")
                        ? server.challenge()
                        : server.mcp(request),
            0,
            "=> wants a login, and offers"),
        verdict(
            "2026-07-28 alone",
            (request, server) ->
                isMcp(request) ? ModelServer.stateless(request) : response(404, "", ""),
            0,
            "=> works"),
        verdict(
            "both eras",
            (request, server) ->
                !isMcp(request)
                    ? response(404, "", "")
                    : "2026-07-28".equals(request.header("MCP-Protocol-Version"))
                        ? ModelServer.stateless(request)
                        : server.mcp(request),
            0,
            "=> works"),
        verdict(
            "HTTP+SSE",
            (request, server) ->
                request.method().equals("GET") && isMcp(request)
                    ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                        + "event: endpoint\ndata: /messages\n\n"
                    : response(405, "", ""),
            1,
            "the user must act",
            "wrong-transport"),
        verdict(
            "nothing there",
            (request, server) -> response(404, "", "no such page"),
            1,
            "the user must act",
            "endpoint-not-found"),
        verdict(
            "a login page",
            (request, server) ->
                response(200, "Content-Type: text/html", "<title>Sign in</title>password"),
            1,
            "the network must act",
            "redirected-to-login"),
        verdict(
            "garbage",
            (request, server) -> response(200, "Content-Type: application/json", "{{{"),
            1,
            "=> cannot be used",
            "unexpected-content-type"),
        verdict(
            "a redirect that makes GET of POST",
            (request, server) ->
                isMcp(request)
                    ? response(301, "Location: " + server.origin() + "/v2", "")
                    : response(405, "", ""),
            1,
            "the MCP server must act",
            "redirect-broke-request"),
        verdict(
            "redirects without end",
            (request, server) -> response(307, "Location: " + server.url(), ""),
            1,
            "=> cannot be used"),
        verdict(
            "no answer", (request, server) -> "", 1, "=> cannot be used", "server-not-answering"));
  }

  private static Arguments verdict(
      String name,
      @Nullable BiFunction<Request, ModelServer, @Nullable String> otherwise,
      int exit,
      String said,
      String... rules) {
    return arguments(name, otherwise == null ? NOTHING : otherwise, exit, said, List.of(rules));
  }

  private static final BiFunction<Request, ModelServer, @Nullable String> NOTHING =
      (request, server) -> null;

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void verdictsAreAPersons(
      String name,
      BiFunction<Request, ModelServer, @Nullable String> otherwise,
      int exit,
      String said,
      List<String> rules)
      throws IOException {
    try (ModelServer server = ModelServer.but(otherwise)) {
      Typed typed = check(server.url());
      assertThat(typed.out()).contains(said);
      assertThat(rules(typed)).as(typed.out()).isEqualTo(rules);
      assertThat(typed.exit()).as(typed.out()).isEqualTo(exit);
      assertThat(server.open()).as("sessions that were left open").isZero();
      assertThat(server.requests())
          .as("what would change something")
          .noneMatch(each -> each.path().equals("/register") || each.path().equals("/token"));
    }
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

  private static Typed check(String... words) {
    List<String> all = new ArrayList<>(List.of("check", "--timeout", "3"));
    all.addAll(List.of(words));
    return Typed.command(all.toArray(new String[0]));
  }

  private String token() throws IOException {
    return Files.writeString(folder.resolve("token"), ModelServer.TOKEN + "\n").toString();
  }

  /** Rules of errors and warnings, each once. */
  private static List<String> rules(Typed typed) {
    return typed.lines().stream()
        .filter(line -> line.startsWith("error [") || line.startsWith("warning ["))
        .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
        .distinct()
        .toList();
  }

  private static boolean isMcp(Request request) {
    return request.path().equals("/mcp");
  }

  private static boolean isResource(Request request) {
    return request.path().startsWith("/.well-known/oauth-protected-resource");
  }

  private static boolean isIssuer(Request request) {
    return request.path().equals("/.well-known/oauth-authorization-server");
  }

  private static Map<String, Object> with(
      Map<String, Object> document, String member, Object value) {
    document.put(member, value);
    return document;
  }

  private static Map<String, Object> without(Map<String, Object> document, String member) {
    document.remove(member);
    return document;
  }
}

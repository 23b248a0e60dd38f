package io.github.mcpauth.agent.cli.check;

import static io.github.mcpauth.agent.check.ModelServer.json;
import static io.github.mcpauth.agent.check.ModelServer.response;
import static io.github.mcpauth.agent.cli.check.UrlChecks.NOTHING;
import static io.github.mcpauth.agent.cli.check.UrlChecks.check;
import static io.github.mcpauth.agent.cli.check.UrlChecks.isIssuer;
import static io.github.mcpauth.agent.cli.check.UrlChecks.isMcp;
import static io.github.mcpauth.agent.cli.check.UrlChecks.isResource;
import static io.github.mcpauth.agent.cli.check.UrlChecks.rules;
import static io.github.mcpauth.agent.cli.check.UrlChecks.with;
import static io.github.mcpauth.agent.cli.check.UrlChecks.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mcpauth.agent.check.BytesServer.Request;
import io.github.mcpauth.agent.check.ModelServer;
import io.github.mcpauth.agent.cli.Typed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers with one thing wrong, or none, and the verdict that a person would give. */
@Timeout(60)
class UrlVerdictsTest {

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
}

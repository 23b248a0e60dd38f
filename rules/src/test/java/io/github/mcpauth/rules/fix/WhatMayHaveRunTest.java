package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that runs each tools/call that it gets, whatever it answers: what ran, ran once. */
class WhatMayHaveRunTest {

  private static final String TOKEN = "Bearer new-token-1234567";

  /** Every fix that there is, at a server that runs a call and then answers the first with this. */
  private static FixWorld world(Reply refusal) {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    boolean[] ran = {false};
    int[] opened = {0};
    return FixWorld.with(
            all,
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              if (oauth != null) {
                return oauth;
              }
              if (sent.says("\"initialize\"")) {
                return Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s" + ++opened[0]);
              }
              if (sent.says("tools/call") && !ran[0]) {
                ran[0] = true;
                return refusal;
              }
              return sent.says("notifications/") ? Reply.of(202, "") : Reply.of(200, RESULT);
            })
        .headerBytes(9000);
  }

  /** What the host gets for a call in a session that worked; it carries ballast, too. */
  private static Reply call(FixWorld world) {
    OAuthServer.logIn(world);
    world.post(INITIALIZE, "Authorization", TOKEN);
    world.post(LIST, "Authorization", TOKEN, "Mcp-Session-Id", "s1");
    return world.post(
        CALL, "Authorization", TOKEN, "Mcp-Session-Id", "s1", "Cookie", "a=b", "baggage", "x=y");
  }

  private static long calls(FixWorld world) {
    return world.wire.stream().filter(sent -> sent.says("tools/call")).count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What was repeated and must not be.
        "404 | text/plain | Order 42 not found",
        "404 | text/plain | Session not found",
        "404 | application/problem+json | {\"title\":\"Not Found\",\"status\":404}",
        "404 | text/plain | ''",
        "400 | text/plain | ''",
        "400 | text/plain | invalid session: the checkout session has expired",
        "400 | text/plain | Unknown session",
        "401 | text/plain | unknown session",
        "403 | text/plain | session expired",
        "400 | text/html | <title>400 Request Header Or Cookie Too Large</title>",
        "500 | text/plain | session not found",
        "500 | application/json | {\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
        "400 | application/json | {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32000,\"message\":\"Tool failed: session not found\"}}",
        // What was left alone, and still is.
        "500 | application/json | {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32603,\"message\":\"Session not found\"}}",
        "404 | text/html | <html>not found</html>",
        "404 | application/json | {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32002,\"message\":\"Resource not found\"}}",
        "413 | text/html | <html>request header too large</html>",
        "414 | text/plain | ''",
        "494 | text/html | <html>header</html>",
        "502 | text/html | <html>bad gateway</html>",
        "503 | text/plain | later",
        "429 | text/plain | later",
      })
  void aCallRunsOnceAndTheHostGetsItsAnswer(int status, String type, String body) {
    FixWorld world = world(Reply.of(status, body, "Content-Type", type));
    Reply seen = call(world);
    assertThat(calls(world)).isEqualTo(1);
    assertThat(seen.status()).isEqualTo(status);
    assertThat(seen.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aCallThatRanAndWasRedirectedIsNotRepeatedByAFix(int status) {
    FixWorld world = world(Reply.of(status, "", "Location", "/mcp/receipt"));
    assertThat(call(world).status()).isEqualTo(status);
    assertThat(calls(world)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void aClientThatFollowsWithGetIsNotMadeToPostAgain(int status) {
    FixWorld world = world(Reply.of(status, "", "Location", "/mcp/receipt")).following();
    call(world);
    assertThat(calls(world)).isEqualTo(1);
    assertThat(world.last().line()).isEqualTo("GET https://mcp.example/mcp/receipt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "431 | text/plain | ''",
        "404 | application/json | {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
        "404 | application/json | {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
        "400 | application/json | {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"Bad Request: No valid session ID provided\"}}",
        "400 | application/json | {\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Bad Request: No valid session ID provided\"}}",
      })
  void aCallThatWasNotDispatchedIsSentAgain(int status, String type, String body) {
    FixWorld world = world(Reply.of(status, body, "Content-Type", type));
    assertThat(call(world).body()).isEqualTo(RESULT);
    assertThat(calls(world)).isEqualTo(2);
  }

  @Test
  void a401WithAChallengeIsProofAndOneWithoutIsNone() {
    for (String challenge : new String[] {"Bearer", ""}) {
      FixWorld world =
          FixWorld.forOneUser(
              Map.of("stale-token-after-auth", FixMode.ON),
              sent -> {
                Reply oauth = OAuthServer.orNull(sent);
                boolean old = !TOKEN.equals(sent.header("Authorization"));
                return oauth != null
                    ? oauth
                    : !old
                        ? Reply.of(200, RESULT)
                        : challenge.isEmpty()
                            ? Reply.of(401, "")
                            : Reply.of(401, "", "WWW-Authenticate", challenge);
              });
      world.post(INITIALIZE);
      OAuthServer.logIn(world);
      world.post(INITIALIZE, "Authorization", TOKEN);
      world.post(CALL);
      assertThat(calls(world)).isEqualTo(challenge.isEmpty() ? 1 : 2);
    }
  }

  /** A server that runs a call and then redirects it; the client follows, and is refused there. */
  @Test
  void aCallThatWasRedirectedIsNotRepeatedWhereItWasLedTo() {
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    sent.goesTo(FixWorld.MCP)
                        ? Reply.of(307, "", "Location", "/mcp/done")
                        : sent.header("baggage") == null
                            ? Reply.of(200, RESULT)
                            : Reply.of(431, ""))
            .following()
            .headerBytes(9000);
    assertThat(world.post(LIST, "baggage", "a=b").status()).isEqualTo(200);
    assertThat(world.post(CALL, "baggage", "a=b").status()).isEqualTo(431);
  }

  @Test
  void theSessionIsRepairedForTheCallsThatFollow() {
    FixWorld world = world(Reply.of(404, "", "Content-Type", "text/plain"));
    assertThat(call(world).status()).isEqualTo(404);
    assertThat(world.applied()).contains("session-lost");
    Reply next = world.post(CALL, "Authorization", TOKEN, "Mcp-Session-Id", "s1");
    assertThat(next.body()).isEqualTo(RESULT);
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
  }

  @Test
  void aPermanentRedirectOfInitializeTakesTheCallsStraightToItsTarget() {
    FixWorld world =
        FixWorld.with(
            "redirect-broke-request",
            sent ->
                sent.goesTo(FixWorld.MCP)
                    ? Reply.of(308, "", "Location", "/mcp/")
                    : Reply.of(200, RESULT));
    world.post(INITIALIZE);
    world.post(CALL);
    assertThat(world.wire).filteredOn(sent -> sent.says("tools/call")).hasSize(1);
    assertThat(world.last().line()).isEqualTo("POST https://mcp.example/mcp/");
  }

  private static final String UNKNOWN_SESSION =
      "\"error\":{\"code\":-32001,\"message\":\"Session not found\"}";

  /** What the host sends, and what the server says of it: something in it may have run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Of a batch, one was refused.
        "[CALL,{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}] | {\"jsonrpc\":\"2.0\",\"id\":3,UNKNOWN}",
        "[CALL,{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}] | [{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":3,UNKNOWN}]",
        "CALL | [{\"jsonrpc\":\"2.0\",\"id\":null,UNKNOWN},{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]",
        // A refusal with something beside it, which may be what came of the call.
        "CALL | [{\"jsonrpc\":\"2.0\",\"id\":2,UNKNOWN},1,{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]",
        "CALL | {\"jsonrpc\":\"2.0\",\"id\":2,UNKNOWN} {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}",
        "CALL | {\"jsonrpc\":\"2.0\",\"id\":2,UNKNOWN} and done",
        "CALL | {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{},UNKNOWN}",
        // 2 and \"2\" are two ids.
        "CALL | {\"jsonrpc\":\"2.0\",\"id\":\"2\",UNKNOWN}",
        // What hides a call from whoever reads the first message, or a strict one, only.
        "[{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"},{\"id\":2,\"method\":\"tools/call\"}] | ``",
        "[{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"},[CALL]] | ``",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"} CALL | ``",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"method\":\"tools/list\"} | ``",
        // Of methods that nobody knows, nobody knows that they change nothing.
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/call\"} | ``",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call/list\"} | ``",
      })
  void whatIsNotKnownToBeWithoutEffectIsNotRepeated(String message, String answer) {
    FixWorld world =
        world(
            Reply.of(
                404, answer.replace("UNKNOWN", UNKNOWN_SESSION), "Content-Type", "text/plain"));
    OAuthServer.logIn(world);
    world.post(INITIALIZE, "Authorization", TOKEN);
    world.post(LIST, "Authorization", TOKEN, "Mcp-Session-Id", "s1");
    world.post(message.replace("CALL", CALL), "Authorization", TOKEN, "Mcp-Session-Id", "s1");
    assertThat(calls(world)).isEqualTo(1);
  }

  /** It ran when the client sent it first; that it was not dispatched again proves nothing. */
  @ParameterizedTest
  @ValueSource(ints = {401, 408})
  void whatTheClientItselfSentTwiceMayHaveRunAtFirst(int first) {
    int[] calls = {0};
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    !sent.says("tools/call")
                        ? Reply.of(200, INITIALIZED)
                        : switch (++calls[0]) {
                          case 1 -> Reply.of(first, "your other session expired");
                          case 2 -> Reply.of(431, "");
                          default -> Reply.of(200, RESULT);
                        })
            .repeatingWith("X-Otp", "1");
    world.post(INITIALIZE);
    assertThat(world.post(CALL, "Authorization", TOKEN, "baggage", "x=y").status()).isEqualTo(431);
    assertThat(calls[0]).isEqualTo(2);
    assertThat(world.skipped()).anyMatch(why -> why.contains("before it answered " + first));
  }

  /** Where the client's first attempt was refused with proof, a fix may go on. */
  @Test
  void whatTheClientSentTwiceAndNeitherRanIsRepeated() {
    int[] calls = {0};
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    !sent.says("tools/call")
                        ? Reply.of(200, INITIALIZED)
                        : switch (++calls[0]) {
                          case 1 -> Reply.of(401, "", "WWW-Authenticate", "Basic realm=\"x\"");
                          case 2 -> Reply.of(431, "");
                          default -> Reply.of(200, RESULT);
                        })
            .repeatingWith("X-Otp", "1");
    world.post(INITIALIZE);
    assertThat(world.post(CALL, "Authorization", TOKEN, "baggage", "x=y").status()).isEqualTo(200);
    assertThat(calls[0]).isEqualTo(3);
  }
}

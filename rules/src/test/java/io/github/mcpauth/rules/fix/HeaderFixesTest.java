package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads that are too big, incomplete or say a thing twice. */
class HeaderFixesTest {

  private static final String BEARER = "Bearer abcdefgh12345678";

  @Test
  void ballastIsDroppedAndTheTokenIsNot() {
    FixWorld world =
        FixWorld.with(
            "request-headers-rejected",
            sent -> sent.header("Cookie") == null ? Reply.of(200, RESULT) : Reply.of(431, ""));
    Reply seen =
        world.post(
            CALL,
            "Authorization",
            BEARER,
            "Authorization",
            BEARER,
            "Cookie",
            "a=b",
            "baggage",
            "x=y",
            "traceparent",
            "00-1",
            "X-B3-TraceId",
            "1",
            "X-Tenant",
            "t");
    assertThat(seen.status()).isEqualTo(200);
    assertThat(world.last().head().headers().all("Authorization")).containsExactly(BEARER);
    assertThat(world.last().head().headers().toString())
        .doesNotContain("Cookie", "baggage", "traceparent", "X-B3")
        .contains("X-Tenant");
  }

  /** The key may be the application's, and the cookie say which of its users asks. */
  @Test
  void cookiesStayBesideAKey() {
    FixWorld world =
        FixWorld.with(
            "request-headers-rejected",
            sent -> sent.header("Cookie") == null ? Reply.of(200, RESULT) : Reply.of(431, ""));
    assertThat(world.post(CALL, "X-Api-Key", "of-all", "Cookie", "sid=alice").status())
        .isEqualTo(431);
    assertThat(world.wire).hasSize(1);
  }

  /** So may a token that was given to the client itself. */
  @ParameterizedTest
  @CsvSource({"client_credentials, 431", "authorization_code, 200"})
  void cookiesStayBesideATokenOfTheClientItself(String grant, int status) {
    TokenServer server = new TokenServer();
    FixWorld world =
        FixWorld.with(
            "request-headers-rejected",
            sent ->
                sent.says("tools/call") && sent.header("Cookie") != null
                    ? Reply.of(431, "")
                    : server.answer(sent));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    String form = "grant_type=" + grant + "&client_id=app&" + OAuthServer.RESOURCE + "&code=one";
    world.form(OAuthServer.TOKEN, form);
    world.post(LIST, "Authorization", "Bearer token-of-one");
    assertThat(
            world
                .post(CALL, "Authorization", "Bearer token-of-one", "Cookie", "user=alice")
                .status())
        .isEqualTo(status);
  }

  @Test
  void cookiesStayWhereTheyAreTheCredential() {
    FixWorld world = FixWorld.with("request-headers-rejected", sent -> Reply.of(431, ""));
    world.post(CALL, "Cookie", "a=b");
    assertThat(world.wire).hasSize(1);
    assertThat(world.skipped()).containsExactly("every header is needed");
  }

  @Test
  void aDisguisedRefusalIsReadLikeThe431() {
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    sent.header("Cookie") == null
                        ? Reply.of(200, RESULT)
                        : Reply.of(
                            400,
                            "<title>400 Request Header Or Cookie Too Large</title>",
                            "Content-Type",
                            "text/html"))
            .headerBytes(9000);
    assertThat(world.post(LIST, "Authorization", BEARER, "Cookie", "a=b").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "502, awselb/2.0, tools/call, 1",
    "502, awselb/2.0, tools/list, 2",
    "404, Microsoft-IIS/10.0, tools/call, 1",
    "400, awselb/2.0, tools/call, 1",
    "400, awselb/2.0, tools/list, 2"
  })
  void aCallThatMayHaveRunIsNotSentAgain(int status, String product, String method, int sends) {
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    sent.header("Cookie") == null
                        ? Reply.of(200, RESULT)
                        : Reply.of(status, "<h1>header</h1>", "Server", product))
            .headerBytes(17000);
    String message = method.equals("tools/call") ? CALL : LIST;
    world.post(message, "Authorization", BEARER, "Cookie", "a=b");
    assertThat(world.wire).hasSize(sends);
  }

  @Test
  void anotherRefusalIsNoMatterOfSize() {
    FixWorld world =
        FixWorld.with("request-headers-rejected", sent -> Reply.of(400, "{\"error\":\"no\"}"))
            .headerBytes(9000);
    assertThat(world.post(CALL, "Authorization", BEARER, "Cookie", "a=b").status()).isEqualTo(400);
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void acceptAndContentTypeAreCompleted() {
    FixWorld world = FixWorld.with("not-acceptable", sent -> Reply.of(200, RESULT));
    world.host(
        "POST", MCP, CALL, "Accept", "application/json", "MCP-Protocol-Version", "2025-06-18");
    assertThat(world.last().header("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(world.last().header("Content-Type")).isEqualTo("application/json");
    world.reports.clear();
    world.post(CALL);
    assertThat(world.reports).isEmpty();
  }

  @Test
  void theNegotiatedRevisionIsNamedAfterTheHandshake() {
    FixWorld world =
        FixWorld.with(
            "protocol-version-rejected",
            sent -> Reply.of(200, sent.says("initialize") ? INITIALIZED : RESULT));
    world.post(LIST);
    assertThat(world.last().header("MCP-Protocol-Version")).isNull();
    world.post(INITIALIZE);
    assertThat(world.last().header("MCP-Protocol-Version")).isNull();
    world.post(LIST);
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
    world.post(LIST, "MCP-Protocol-Version", "2025-11-25");
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
    world.post(LIST, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
  }

  @Test
  void clientsThatNegotiatedDifferentRevisionsKeepTheirs() {
    FixWorld world =
        FixWorld.with(
            "protocol-version-rejected",
            sent ->
                sent.says("2025-11-25")
                    ? Reply.of(200, INITIALIZED.replace("2025-06-18", "2025-11-25"))
                    : Reply.of(200, sent.says("initialize") ? INITIALIZED : RESULT));
    world.post(INITIALIZE);
    world.post(INITIALIZE.replace("2025-06-18", "2025-11-25"));
    world.post(LIST, "MCP-Protocol-Version", "2025-06-18");
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
  }

  @Test
  void equalCredentialsBecomeOneAndDifferentOnesAreLeft() {
    FixWorld world = FixWorld.with("credential-malformed", sent -> Reply.of(200, RESULT));
    world.post(CALL, "Authorization", BEARER, "Authorization", "Bearer " + BEARER);
    assertThat(world.last().head().headers().all("Authorization")).containsExactly(BEARER);
    world.post(CALL, "Authorization", BEARER, "Authorization", "Basic eDp5");
    assertThat(world.last().head().headers().all("Authorization")).hasSize(2);
  }

  @Test
  void cleartextIsHttp1ForJavaNetHttpOnly() {
    FixWorld world = FixWorld.with("http2-upgrade-breaks-server", sent -> Reply.of(200, RESULT));
    world.host("POST", "http://127.0.0.1:1/mcp", CALL, FixWorld.mcp());
    assertThat(world.last().head().version()).isEqualTo("HTTP/2");
    world.jdk().host("POST", "http://127.0.0.1:1/mcp", CALL, FixWorld.mcp());
    assertThat(world.last().head().version()).isEqualTo("HTTP/1.1");
    world.jdk().post(CALL);
    assertThat(world.last().head().version()).isEqualTo("HTTP/2");
  }

  @Test
  void whatItDoesForAServerIsToldAnewAfterAWhile() {
    String rule = "http2-upgrade-breaks-server";
    FixWorld world = FixWorld.with(rule, sent -> Reply.of(200, RESULT));
    for (int i = 0; i < 3; i++) {
      world.jdk().host("POST", "http://127.0.0.1:1/mcp", CALL, FixWorld.mcp());
    }
    assertThat(world.applied()).containsExactly(rule);
    world.later(PlainHttp1.KEPT);
    world.jdk().host("POST", "http://127.0.0.1:1/mcp", CALL, FixWorld.mcp());
    assertThat(world.last().head().version()).isEqualTo("HTTP/1.1");
    assertThat(world.applied()).containsExactly(rule, rule);
  }
}

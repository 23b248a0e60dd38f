package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.reading.CarriedCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects may not take a request, whatever it is that the fixes know. */
class RedirectSafetyTest {

  private static final String BROKE = "redirect-broke-request";
  private static final String WRONG = "credential-sent-to-wrong-origin";
  private static final String BEARER = "Bearer abcdefgh12345678";
  private static final String PLAIN = "http://mcp.example/mcp";

  private static Reply to(Sent sent, String from, int status, String location) {
    return sent.goesTo(from) ? Reply.of(status, "", "Location", location) : Reply.of(200, RESULT);
  }

  @ParameterizedTest
  @CsvSource({"Authorization, Bearer abcdefgh", "Cookie, sid=1", "X-Our-Secret, s3cr3t-value"})
  void aMoveToAnotherOriginLearnedWithoutCredentialsIsNotDoneToThem(String name, String value) {
    FixWorld world = FixWorld.with(BROKE, sent -> to(sent, PLAIN, 308, MCP));
    assertThat(world.host("POST", PLAIN, INITIALIZE, FixWorld.mcp()).status()).isEqualTo(200);
    Reply seen = world.host("POST", PLAIN, CALL, FixWorld.mcp(name, value));
    assertThat(seen.status()).isEqualTo(308);
    assertThat(world.wire)
        .filteredOn(sent -> sent.header(name) != null)
        .extracting(Sent::line)
        .containsExactly("POST " + PLAIN);
  }

  /** Where one user is sent, with a key of his own perhaps, no other one is. */
  @Test
  void whereOneUserWasSentAnotherIsNot() {
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                "Bearer token-of-alice".equals(sent.header("Authorization"))
                    ? to(sent, MCP, 308, "/mcp?key=of-alice")
                    : Reply.of(200, RESULT));
    String[] alice = {"Authorization", "Bearer token-of-alice"};
    assertThat(world.post(INITIALIZE, alice).status()).isEqualTo(200);
    for (String[] bob :
        new String[][] {
          {}, {"Authorization", "Bearer token-of-bob"}, {"Cookie", "sid=bob"}, {"X-User", "bob"}
        }) {
      assertThat(world.post(LIST, bob).status()).isEqualTo(200);
      assertThat(world.last().line()).isEqualTo("POST " + MCP);
    }
    int before = world.wire.size();
    world.post(LIST, alice);
    assertThat(world.wire).hasSize(before + 1);
    assertThat(world.last().line()).isEqualTo("POST " + MCP + "?key=of-alice");
  }

  /** The first server's token is not sent where the second one's place is, and what it leads to. */
  @Test
  void aMoveThroughAPlaceThatIsAnotherServersLaterIsForgotten() {
    String there = "https://mcp.example/other";
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                sent.goesTo(MCP)
                    ? Reply.of(308, "", "Location", "/other")
                    : to(sent, there, 308, "/other/moved"));
    world.post(INITIALIZE);
    assertThat(world.last().line()).isEqualTo("POST " + there + "/moved");
    world.post(LIST);
    assertThat(world.lines()).hasSize(4);
    world.host("POST", there, INITIALIZE, FixWorld.mcp());
    int before = world.wire.size();
    world.post(LIST, "Authorization", BEARER);
    assertThat(world.lines().subList(before, world.wire.size())).containsExactly("POST " + MCP);
    assertThat(world.skipped()).contains("it leads to another server, in the same origin");
  }

  @Test
  void aMoveIsForGoodOnlyIfEveryRedirectWas() {
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                sent.goesTo(MCP)
                    ? Reply.of(307, "", "Location", "/today")
                    : to(sent, "https://mcp.example/today", 308, "/today/"));
    world.post(INITIALIZE);
    world.post(LIST);
    assertThat(world.lines()).hasSize(6).element(3).isEqualTo("POST " + MCP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://mcp.example:8080/mcp", "http://MCP.example:8080/mcp"})
  void neverFromHttpsToHttp(String location) {
    FixWorld world = FixWorld.with(BROKE, sent -> to(sent, MCP, 307, location));
    assertThat(world.post(CALL).status()).isEqualTo(307);
    assertThat(world.wire).hasSize(1);
    assertThat(world.skipped()).containsExactly("it leads from https to http");
  }

  @Test
  void neverFromHttpsToHttpOnTheSecondHopEither() {
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                sent.goesTo(PLAIN)
                    ? Reply.of(307, "", "Location", "https://mcp.example/mcp")
                    : Reply.of(307, "", "Location", "http://mcp.example:8080/mcp"));
    world.host("POST", PLAIN, LIST, FixWorld.mcp());
    assertThat(world.lines()).containsExactly("POST " + PLAIN, "POST " + MCP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Vault-Secret",
        "X-Tenant-Token",
        "X-Password",
        "X-Credential",
        "X-Session",
        "X_API_KEY",
        "X-Auth-User",
        "Proxy-Authorization",
        "X-Csrf-Token",
        "Ocp-Apim-Subscription-Key",
        "DPoP"
      })
  void whateverMayBeACredentialStaysBehind(String name) {
    FixWorld world =
        FixWorld.with(WRONG, sent -> to(sent, MCP, 307, "https://evil.example/x")).following();
    world.post(CALL, name, "some-value", "User-Agent", "host/1");
    assertThat(world.last().line()).isEqualTo("POST https://evil.example/x");
    assertThat(world.last().header(name)).isNull();
    assertThat(world.last().header("User-Agent")).isEqualTo("host/1");
    assertThat(world.last().body()).isEqualTo(CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Mode",
        "Access-Control-Request-Headers",
        "X-Author",
        "Idempotency-Key",
        "Mcp-Method",
        "MCP-Protocol-Version",
        "Last-Event-ID",
        "User-Agent"
      })
  void whatIsNoneIsNotTakenForOne(String name) {
    assertThat(CarriedCredentials.mayBeCredential(new Header(name, "some-value"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "Basic dTpw", "eyJhbGciOiJub25lIn0.e30.c2ln"})
  void aValueThatLooksLikeACredentialIsOneUnderAnyName(String value) {
    assertThat(CarriedCredentials.mayBeCredential(new Header("X-Whatever", value))).isTrue();
  }

  @Test
  void anOriginThatRedirectsWithinItselfDoesNotGetWhatWasTakenOutBefore() {
    FixWorld world =
        FixWorld.with(
                WRONG,
                sent ->
                    sent.goesTo(MCP)
                        ? Reply.of(307, "", "Location", "https://evil.example/x")
                        : to(sent, "https://evil.example/x", 307, "https://evil.example/y"))
            .followingLikeOkHttp();
    assertThat(world.post(CALL, "X-Api-Key", "k-123", "Mcp-Session-Id", "s1").body())
        .isEqualTo(RESULT);
    assertThat(world.last().line()).isEqualTo("POST https://evil.example/y");
    assertThat(world.wire)
        .filteredOn(sent -> sent.line().contains("evil"))
        .hasSize(2)
        .allMatch(sent -> sent.header("X-Api-Key") == null)
        .allMatch(sent -> sent.header("Mcp-Session-Id") == null);
  }

  @Test
  void whatAFixAsksForByItselfIsNotFollowedElsewhere() {
    FixWorld world =
        FixWorld.with(
                "missing-resource-metadata",
                sent ->
                    sent.goesTo(MCP)
                        ? Reply.of(401, "no")
                        : sent.line().contains("/login")
                            ? Reply.of(200, "<html>", "Content-Type", "text/html")
                            : Reply.of(302, "", "Location", "https://mcp.example/login"))
            .following();
    assertThat(world.post(INITIALIZE)).isEqualTo(Reply.of(401, "no"));
    assertThat(world.wire).noneMatch(sent -> sent.line().contains("/login"));
  }

  /** Shown a refusal after its call ran, a host would send it once more. */
  @ParameterizedTest
  @CsvSource({"tools/list, first, 1", "tools/call, second, 0"})
  void aReplayThatIsRedirectedAndFailsIsShownWhereItMayHaveRun(
      String method, String seen, int skipped) {
    FixWorld world =
        FixWorld.with(
                "request-headers-rejected",
                sent ->
                    sent.header("baggage") != null
                        ? Reply.of(431, "first")
                        : to(sent, MCP, 307, "/mcp/").status() == 307
                            ? Reply.of(307, "", "Location", "/mcp/")
                            : Reply.of(500, "second"))
            .following();
    String message = CALL.replace("tools/call", method);
    assertThat(world.post(message, "Authorization", BEARER, "baggage", "b").body()).isEqualTo(seen);
    assertThat(world.skipped()).hasSize(skipped);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects that break requests, and those that would take credentials elsewhere. */
class RedirectFixesTest {

  private static final String BROKE = "redirect-broke-request";
  private static final String WRONG = "credential-sent-to-wrong-origin";
  private static final String BEARER = "Bearer abcdefgh12345678";

  private static FixWorld world(String rule, int status, String location) {
    return FixWorld.with(
        rule,
        sent ->
            sent.goesTo(MCP) ? Reply.of(status, "", "Location", location) : Reply.of(200, RESULT));
  }

  @ParameterizedTest
  @CsvSource({
    "301, /mcp/",
    "302, https://mcp.example/mcp/",
    "307, /mcp/",
    "308, http://mcp.example/mcp/",
    "302, http://mcp.example:80/mcp/"
  })
  void theOriginalRequestGoesToTheTargetOverTheOriginalScheme(int status, String location) {
    for (boolean follows : new boolean[] {true, false}) {
      FixWorld world = world(BROKE, status, location);
      world = follows ? world.following() : world;
      Reply seen = world.post(INITIALIZE, "Authorization", BEARER);
      assertThat(seen.body()).isEqualTo(RESULT);
      assertThat(world.lines()).containsExactly("POST " + MCP, "POST " + MCP + "/");
      assertThat(world.last().body()).isEqualTo(INITIALIZE);
      assertThat(world.last().header("Authorization")).isEqualTo(BEARER);
      assertThat(world.applied()).containsExactly(BROKE);
    }
  }

  @Test
  void aMoveForGoodIsRemembered() {
    FixWorld world = world(BROKE, 308, "/mcp/");
    world.post(INITIALIZE);
    world.post(CALL);
    assertThat(world.lines())
        .containsExactly("POST " + MCP, "POST " + MCP + "/", "POST " + MCP + "/");
    FixWorld temporary = world(BROKE, 307, "/mcp/");
    temporary.post(INITIALIZE);
    temporary.post(LIST);
    assertThat(temporary.wire).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/mcp",
        "https://mcp.example:8443/mcp",
        "https://mcp.example/login?next=/mcp",
        "https://mcp.example/mcp",
        "::not a url"
      })
  void otherRedirectsAreLeftToTheClient(String location) {
    FixWorld world = world(BROKE, 307, location);
    assertThat(world.post(CALL, "Authorization", BEARER).status()).isEqualTo(307);
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void redirectsInACircleEndWithTheFirstAnswer() {
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                Reply.of(
                    307, "", "Location", sent.goesTo(MCP) ? "/mcp/" : "/mcp", "X", sent.line()));
    Reply seen = world.post(CALL);
    assertThat(seen.header("X")).isEqualTo("POST " + MCP);
    assertThat(world.wire.size()).isLessThan(8);
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void credentialsAreStrippedBeforeARedirectToAnotherOrigin(int status, String method) {
    FixWorld world = world(WRONG, status, "https://evil.example/x").following();
    world.post(
        CALL,
        "Authorization",
        BEARER,
        "Cookie",
        "sid=1",
        "X-Api-Key",
        "k-123",
        "Mcp-Session-Id",
        "s-1");
    assertThat(world.last().line()).isEqualTo(method + " https://evil.example/x");
    assertThat(world.last().head().headers().toString())
        .doesNotContain("Authorization", "Cookie", "X-Api-Key", "Mcp-Session-Id");
    assertThat(world.applied()).containsExactly(WRONG);
  }

  @Test
  void aTokenRequestIsNotTakenToAnotherOriginAtAll() {
    FixWorld world =
        FixWorld.with(
                WRONG,
                sent -> {
                  Reply oauth = OAuthServer.orNull(sent);
                  return sent.goesTo(OAuthServer.TOKEN)
                      ? Reply.of(307, "", "Location", "https://evil.example/token")
                      : oauth == null ? Reply.of(401, "") : oauth;
                })
            .following();
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    assertThat(world.wire).noneMatch(sent -> sent.line().contains("evil"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://mcp.example/x", "https://mcp.example:8443/x"})
  void anotherSchemeOrPortIsAnotherOrigin(String location) {
    FixWorld world = world(WRONG, 307, location).following();
    world.post(CALL, "Authorization", BEARER);
    assertThat(world.last().header("Authorization")).isNull();
  }

  @Test
  void aClientThatDoesNotFollowIsNotMadeToFollow() {
    FixWorld world = world(WRONG, 307, "https://evil.example/x");
    assertThat(world.post(CALL, "Authorization", BEARER).status()).isEqualTo(307);
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void withinTheOriginCredentialsStay() {
    FixWorld world = world(WRONG, 307, "/mcp/").following();
    world.post(CALL, "Authorization", BEARER);
    assertThat(world.last().header("Authorization")).isEqualTo(BEARER);
  }
}

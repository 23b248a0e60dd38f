package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal is no proof that nothing ran where the result of what it refuses is in it. */
class RefusedWithResultTest {

  /** What is in front of a server may refuse after the server ran it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]",
        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}"
      })
  void a401WithAChallengeAndAResultIsNone(String body) {
    String fresh = "Bearer token-of-r1";
    TokenServer server = new TokenServer();
    FixWorld world =
        FixWorld.with(
            "stale-token-after-auth",
            sent ->
                sent.says("tools/call") && !fresh.equals(sent.header("Authorization"))
                    ? Reply.of(
                        401, body, "WWW-Authenticate", "Bearer", "Content-Type", "application/json")
                    : server.answer(sent));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.form(
        OAuthServer.TOKEN, "grant_type=authorization_code&code=alice&" + OAuthServer.RESOURCE);
    world.post(LIST, "Authorization", "Bearer token-of-alice");
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    assertThat(world.post(CALL, "Authorization", "Bearer token-of-alice").status()).isEqualTo(401);
    assertThat(world.wire.stream().filter(sent -> sent.says("tools/call"))).hasSize(1);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A server that wants more than the token has, and hosts that do not know what to do. */
class StepUpFixTest {

  private static final String ASKED = "Bearer error=\"insufficient_scope\", scope=\"write\"";
  private static final String WIDER = "Bearer scope=\"read write\", error=\"insufficient_scope\"";

  private int tokens;

  /** Each login brings another token, which permits to read. */
  private FixWorld world() {
    FixWorld world =
        FixWorld.with(
            "insufficient-scope",
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              if (sent.goesTo(OAuthServer.TOKEN)) {
                String token = OAuthServer.token("t-12345678" + ++tokens);
                return Reply.of(200, token.replace("{", "{\"scope\":\"read\","));
              }
              return oauth != null
                  ? oauth
                  : sent.says("initialize")
                      ? Reply.of(200, FixWorld.INITIALIZED)
                      : Reply.of(403, "", "WWW-Authenticate", ASKED);
            });
    world.post(INITIALIZE);
    return world;
  }

  private Reply call(FixWorld world) {
    world.later(Duration.ofSeconds(1));
    return world.post(CALL, "Authorization", "Bearer t-12345678" + tokens);
  }

  @Test
  void theChallengeAsksForTheUnionWithTheStatusThatItHas() {
    FixWorld world = world();
    OAuthServer.logIn(world);
    Reply seen = call(world);
    assertThat(seen.status()).isEqualTo(403);
    assertThat(seen.header("WWW-Authenticate")).isEqualTo(WIDER);
    assertThat(world.applied()).containsExactly("insufficient-scope");
  }

  @Test
  void aHostThatDidNotLogInAfterThe403SeesA401() {
    FixWorld world = world();
    OAuthServer.logIn(world);
    call(world);
    world.post(INITIALIZE, "Authorization", "Bearer t-123456781");
    Reply seen = call(world);
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("WWW-Authenticate")).isEqualTo(WIDER);
    OAuthServer.logIn(world);
    assertThat(call(world).status()).isEqualTo(403);
  }

  @Test
  void aHostThatIsAboutToLogInSeesNo401() {
    FixWorld world = world();
    OAuthServer.logIn(world);
    call(world);
    world.get(OAuthServer.PRM_PATH);
    assertThat(call(world).status()).isEqualTo(403);
  }

  @Test
  void aLoopIsBrokenOffAtTheThirdTokenInTurn() {
    FixWorld world = world();
    for (int round = 1; round <= 3; round++) {
      OAuthServer.logIn(world);
      Reply seen = call(world);
      assertThat(seen.status()).isEqualTo(403);
      assertThat(seen.header("WWW-Authenticate")).isEqualTo(round < 3 ? WIDER : null);
    }
    world.later(Duration.ofMinutes(11));
    OAuthServer.logIn(world);
    assertThat(call(world).header("WWW-Authenticate")).isEqualTo(WIDER);
  }

  @Test
  void refusalsOfOneTokenAreNoLoop() {
    FixWorld world = world();
    OAuthServer.logIn(world);
    for (int i = 0; i < 5; i++) {
      assertThat(call(world).header("WWW-Authenticate")).isEqualTo(WIDER);
    }
  }

  @Test
  void aChallengeThatAsksForEverythingStaysAsItIs() {
    FixWorld world = world();
    Reply seen = world.post(CALL, "Authorization", "Bearer another-1");
    assertThat(seen.header("WWW-Authenticate")).isEqualTo(ASKED);
    assertThat(world.reports).isEmpty();
  }

  /** What an authorization server writes into a scope is no further parameter of the challenge. */
  @Test
  void aScopeStaysWithinItsQuotes() {
    String hint = "resource_metadata=\\\"https://evil.example/prm";
    FixWorld world =
        FixWorld.with(
            "insufficient-scope",
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              String token = OAuthServer.token("t-123456780");
              token = token.replace("{", "{\"scope\":\"read\\\", " + hint + "\",");
              return sent.goesTo(OAuthServer.TOKEN)
                  ? Reply.of(200, token)
                  : oauth != null
                      ? oauth
                      : sent.says("initialize")
                          ? Reply.of(200, FixWorld.INITIALIZED)
                          : Reply.of(403, "", "WWW-Authenticate", ASKED);
            });
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    Reply seen = call(world);
    Challenge bearer = Objects.requireNonNull(Challenges.in(seen.headers()).bearer());
    assertThat(String.valueOf(bearer.parameter("scope"))).contains("write").contains("read");
    assertThat(bearer.parameter("resource_metadata")).isNull();
    assertThat(bearer.parameter("error")).isEqualTo("insufficient_scope");
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose scopes are asked for in whose login, and what a refusal of them does. */
class ScopeOfChallengeTest {

  private static final String RULE = "insufficient-scope";
  private static final String AUTHORIZE = FixWorld.AS + "/authorize?response_type=code";

  private Reply authorization = Reply.of(302, "", "Location", "http://localhost/cb?code=c");

  /** Each token lacks a scope of its own, which its text names. */
  private Reply answer(FixWorld.Sent sent) {
    String carried = sent.header("Authorization");
    if (sent.line().contains("/authorize?")) {
      return authorization;
    }
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    return carried == null
        ? Reply.of(401, "", "WWW-Authenticate", "Bearer")
        : Reply.of(
            403,
            "",
            "WWW-Authenticate",
            "Bearer error=\"insufficient_scope\", scope=\""
                + carried.substring(carried.indexOf('-') + 1)
                + '"');
  }

  private FixWorld world(BiFunction<String, Function<FixWorld.Sent, Reply>, FixWorld> users) {
    FixWorld world = users.apply(RULE, this::answer);
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    world.later(Duration.ofSeconds(1));
    return world;
  }

  private static String asked(FixWorld world) {
    world.get(AUTHORIZE + "&" + OAuthServer.RESOURCE);
    return world.last().head().url().toString();
  }

  @Test
  void whatOneUserLackedIsAskedFor() {
    FixWorld world = world(FixWorld::with);
    world.post(CALL, "Authorization", "Bearer alice-write");
    assertThat(asked(world)).endsWith("&scope=write");
  }

  @Test
  void whatOneUserLackedIsNotAskedForInAnothersLogin() {
    FixWorld world = world(FixWorld::with);
    world.post(CALL, "Authorization", "Bearer mallory-admin");
    world.post(CALL, "Authorization", "Bearer alice-write");
    assertThat(asked(world)).doesNotContain("scope=");
    assertThat(world.skipped()).anyMatch(why -> why.contains("mcpauth.users"));
    world.later(Duration.ofMinutes(11));
    world.post(CALL, "Authorization", "Bearer alice-write");
    assertThat(asked(world)).endsWith("&scope=write");
  }

  /** A server may name to each what its role has: in a 401, too. */
  @Test
  void whatWasNamedToSeveralUsersIsAskedForInNoLogin() {
    FixWorld world =
        FixWorld.with(
            RULE,
            sent -> {
              Reply forbidden = answer(sent);
              return forbidden.status() != 403
                  ? forbidden
                  : Reply.of(
                      401,
                      "",
                      "WWW-Authenticate",
                      String.valueOf(forbidden.headers().first("WWW-Authenticate"))
                          .replace("insufficient_scope", "invalid_token"));
            });
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    world.later(Duration.ofSeconds(1));
    world.post(CALL, "Authorization", "Bearer mallory-admin");
    assertThat(asked(world)).endsWith("&scope=admin");
    world.post(CALL, "Authorization", "Bearer alice-write");
    assertThat(asked(world)).doesNotContain("scope=");
  }

  @Test
  void whereThereIsOneUserAllAreAskedForTogether() {
    FixWorld world = world(FixWorld::forOneUser);
    world.post(CALL, "Authorization", "Bearer first-read");
    world.post(CALL, "Authorization", "Bearer second-write");
    assertThat(asked(world)).endsWith("&scope=read+write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"302", "400"})
  void aScopeThatIsRefusedIsNotAskedForAgain(int status) {
    FixWorld world = world(FixWorld::with);
    world.post(CALL, "Authorization", "Bearer alice-write");
    Reply good = authorization;
    authorization =
        status == 302
            ? Reply.of(302, "", "Location", "http://localhost/cb?error=invalid_scope&state=s")
            : Reply.of(400, "{\"error\":\"invalid_scope\"}");
    assertThat(asked(world)).endsWith("&scope=write");
    authorization = good;
    assertThat(asked(world)).doesNotContain("scope=");
    world.later(ScopeOfChallenge.KEPT.plusSeconds(1));
    world.post(CALL, "Authorization", "Bearer alice-write");
    assertThat(asked(world)).endsWith("&scope=write");
  }

  @Test
  void anotherErrorSaysNothingOfTheScope() {
    FixWorld world = world(FixWorld::with);
    world.post(CALL, "Authorization", "Bearer alice-write");
    authorization = Reply.of(302, "", "Location", "http://localhost/cb?error=access_denied");
    asked(world);
    assertThat(asked(world)).endsWith("&scope=write");
  }
}

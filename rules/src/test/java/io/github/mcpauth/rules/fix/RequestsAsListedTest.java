package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that lack a scope, or have the secret where the server does not look for it. */
class RequestsAsListedTest {

  private static final String AUTHORIZE = FixWorld.AS + "/authorize?response_type=code";
  private static final String PAIR = "Basic YTpz"; // a:s

  private static FixWorld world(String rule, String challenge, String member, String... replaced) {
    FixWorld world =
        FixWorld.with(
            rule,
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              if (oauth == null) {
                return Reply.of(401, "", "WWW-Authenticate", challenge);
              }
              if (replaced.length > 0 && sent.goesTo(OAuthServer.ASM)) {
                return Reply.of(200, oauth.body().replace(replaced[0], replaced[1]));
              }
              boolean document = sent.goesTo(OAuthServer.PRM_PATH) || sent.goesTo(OAuthServer.ASM);
              return document
                  ? Reply.of(200, oauth.body().replaceFirst("\\{", "{" + member))
                  : oauth;
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.register(OAuthServer.REGISTER);
    return world;
  }

  @ParameterizedTest
  @CsvSource({
    "'Bearer scope=\"a b\"', '', &scope=a+b",
    "Bearer, '&scope=x', &scope=x",
    "Bearer, '', &scope=one+two",
  })
  void theAuthorizationRequestNamesAScope(String challenge, String asks, String expected) {
    FixWorld world =
        world("insufficient-scope", challenge, "\"scopes_supported\":[\"one\",\"two\"],");
    world.get(AUTHORIZE + "&client_id=client-1" + asks);
    assertThat(world.last().head().url()).hasToString(AUTHORIZE + "&client_id=client-1" + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'Bearer scope=\"a\"', grant_type=client_credentials&scope=a",
    "Bearer, grant_type=client_credentials"
  })
  void aClientWithoutAUserGetsTheChallengesScopeOnly(String challenge, String expected) {
    FixWorld world = world("insufficient-scope", challenge, "\"scopes_supported\":[\"one\"],");
    world.form(OAuthServer.TOKEN, "client_id=client-1&grant_type=client_credentials");
    assertThat(world.last().body()).isEqualTo("client_id=client-1&" + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "client_secret_basic, false, true",
    "client_secret_post, true, false",
    "client_secret_basic, true, true",
    "client_secret_post, false, false",
    "none, true, true",
    "none, false, false",
  })
  void theSecretGoesWhereTheMetadataSay(String listed, boolean inHeader, boolean expected) {
    FixWorld world =
        world(
            "token-request-rejected",
            "Bearer",
            "",
            "\"client_secret_basic\",\"client_secret_post\"",
            '"' + listed + '"');
    String form = "grant_type=client_credentials&" + OAuthServer.RESOURCE;
    if (inHeader) {
      world.form(OAuthServer.TOKEN, form, "Authorization", PAIR);
    } else {
      world.form(OAuthServer.TOKEN, form + "&client_id=a&client_secret=s");
    }
    Sent sent = world.last();
    assertThat(PAIR.equals(sent.header("Authorization"))).isEqualTo(expected);
    assertThat(sent.says("client_secret=s")).isEqualTo(!expected);
    assertThat(world.reports.toString()).doesNotContain("YTpz");
    boolean moved = inHeader != expected;
    assertThat(world.applied()).hasSize(moved ? 1 : 0);
  }
}

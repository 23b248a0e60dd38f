package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token requests that are not as the server wants them. */
class TokenRequestFixesTest {

  private static final String NEW = "Bearer new-token-1234567";

  private static Reply resourceServer(Sent sent) {
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    return NEW.equals(sent.header("Authorization"))
        ? Reply.of(200, RESULT)
        : Reply.of(401, "", "WWW-Authenticate", "Bearer");
  }

  @Test
  void theOtherWayToShowTheClientsSecretIsTriedOnce() {
    FixWorld world =
        FixWorld.with(
            "token-request-rejected",
            sent -> {
              if (sent.goesTo(OAuthServer.TOKEN)) {
                return sent.header("Authorization") == null
                    ? Reply.of(401, "{\"error\":\"invalid_client\"}")
                    : Reply.of(200, OAuthServer.token("t"));
              }
              return resourceServer(sent);
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    Reply seen =
        world.form(
            OAuthServer.TOKEN,
            "grant_type=authorization_code&client_id=a%3Ab&client_secret=s%20t&"
                + OAuthServer.RESOURCE);
    assertThat(seen.status()).isEqualTo(200);
    // base64 of a%3Ab:s+t
    assertThat(world.last().header("Authorization")).isEqualTo("Basic YSUzQWI6cyt0");
    assertThat(world.last().body())
        .isEqualTo("grant_type=authorization_code&client_id=a%3Ab&" + OAuthServer.RESOURCE);
  }

  @Test
  void aSecretInTheHeaderIsMovedToTheForm() {
    FixWorld world =
        FixWorld.with(
            "token-request-rejected",
            sent -> {
              if (sent.goesTo(OAuthServer.TOKEN)) {
                return sent.header("Authorization") != null
                    ? Reply.of(400, "{\"error\":\"invalid_client\"}")
                    : Reply.of(200, OAuthServer.token("t"));
              }
              return resourceServer(sent);
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.form(
        OAuthServer.TOKEN,
        "grant_type=client_credentials&" + OAuthServer.RESOURCE,
        "Authorization",
        "Basic YSUzQWI6cyt0");
    assertThat(world.last().body())
        .isEqualTo(
            "grant_type=client_credentials&"
                + OAuthServer.RESOURCE
                + "&client_id=a%3Ab&client_secret=s+t");
  }

  @Test
  void anErrorWithStatus200BecomesA400AndASuccessDoesNot() {
    FixWorld world =
        FixWorld.with(
            "token-request-rejected",
            sent ->
                sent.goesTo(OAuthServer.TOKEN)
                    ? Reply.of(
                        200,
                        sent.says("bad")
                            ? "{\"error\":\"invalid_grant\"}"
                            : OAuthServer.token("new-token-1234567"))
                    : resourceServer(sent));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    String form = "grant_type=authorization_code&" + OAuthServer.RESOURCE + "&code=";
    assertThat(world.form(OAuthServer.TOKEN, form + "bad").status()).isEqualTo(400);
    assertThat(world.form(OAuthServer.TOKEN, form + "good").status()).isEqualTo(200);
  }

  @Test
  void theResourceIsAddedUnlessTheServerIsKnownToRefuseIt() {
    FixWorld world =
        FixWorld.with(
            "token-request-rejected",
            sent ->
                sent.goesTo(OAuthServer.TOKEN) && sent.says("resource=")
                    ? Reply.of(400, "{\"error\":\"invalid_target\"}")
                    : resourceServer(sent));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.register(OAuthServer.REGISTER);
    String form = "grant_type=authorization_code&client_id=client-1&code=";
    world.form(OAuthServer.TOKEN, form + "1");
    assertThat(world.last().body()).endsWith("&resource=https%3A%2F%2Fmcp.example%2Fmcp");
    world.form(OAuthServer.TOKEN, form + "2");
    assertThat(world.last().body()).isEqualTo(form + "2");
    assertThat(world.skipped()).contains("this authorization server refuses it");
  }

  /** Whatever the words of the refusal, and by whatever name the authorization server goes. */
  @ParameterizedTest
  @CsvSource({
    "https://as.example, invalid_target, true",
    "https://as.example, invalid_request, true",
    "https://as_1.example, invalid_target, true",
    "https://as.example, invalid_grant, false",
    "https://as.example, invalid_client, false"
  })
  void aResourceThatIsRefusedIsNotAddedAgain(String issuer, String error, boolean dropped) {
    FixWorld world =
        FixWorld.with(
            "token-request-rejected",
            sent ->
                sent.goesTo(OAuthServer.PRM_PATH)
                    ? Reply.of(200, OAuthServer.resource(FixWorld.MCP, issuer))
                    : sent.goesTo(issuer + "/.well-known/oauth-authorization-server")
                        ? Reply.of(200, OAuthServer.metadata(issuer))
                        : sent.goesTo(issuer + "/register")
                            ? Reply.of(201, "{\"client_id\":\"client-1\"}")
                            : sent.goesTo(issuer + "/token")
                                ? Reply.of(400, "{\"error\":\"" + error + "\"}")
                                : resourceServer(sent));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(issuer + "/.well-known/oauth-authorization-server");
    world.register(issuer + "/register");
    String form = "grant_type=authorization_code&client_id=client-1&code=";
    world.form(issuer + "/token", form + "1");
    assertThat(world.last().body()).contains("&resource=");
    world.form(issuer + "/token", form + "2");
    assertThat(world.last().body().contains("&resource=")).isEqualTo(!dropped);
  }

  /** Another part of the host may log in at the same authorization server. */
  @Test
  void theResourceIsNotAddedToARequestOfAClientThatWasNotRegisteredForTheServer() {
    FixWorld world = FixWorld.with("token-request-rejected", TokenRequestFixesTest::resourceServer);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.register(OAuthServer.REGISTER);
    String form = "grant_type=authorization_code&client_id=web-login&code=1";
    world.form(OAuthServer.TOKEN, form);
    assertThat(world.last().body()).isEqualTo(form);
    assertThat(world.skipped()).containsExactly(Fixes.UNSURE);
  }
}

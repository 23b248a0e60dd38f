package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token stands in for another one where it is for the same API, and permits no less. */
class StandInTest {

  private static final String STALE = "stale-token-after-auth";

  private static void list(FixWorld world, String token, int status) {
    assertThat(world.post(LIST, "Authorization", "Bearer " + token).status()).isEqualTo(status);
  }

  /**
   * Of those who issue tokens for several APIs some are asked by audience (Auth0), others by scope
   * (Entra): what a refresh brings for another API is not this server's.
   */
  @ParameterizedTest
  @CsvSource({
    "state=1, state=2, 200",
    "scope=mcp+offline_access, scope=mcp, 200",
    "scope=mcp, scope=mcp+more, 200",
    "audience=mcp, state=1, 200",
    "audience=mcp, audience=mcp, 200",
    "scope=mcp, scope=https%3A%2F%2Fgraph.example%2FUser.Read, 401",
    "state=1, scope=https%3A%2F%2Fgraph.example%2FUser.Read, 401",
    "audience=mcp, audience=https%3A%2F%2Fbank.example, 401",
    "state=1, audience=https%3A%2F%2Fbank.example, 401"
  })
  void whatARefreshBringsForAnotherApiIsNotTheServers(String login, String refresh, int status) {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    world.form(OAuthServer.TOKEN, "grant_type=authorization_code&" + login + "&code=alice");
    list(world, "token-of-alice", 200);
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1&" + refresh);
    server.revoked.put("token-of-alice", true);
    list(world, "token-of-alice", status);
    String sent = status == 200 ? "token-of-r1" : "token-of-alice";
    assertThat(world.last().header("Authorization")).isEqualTo("Bearer " + sent);
  }

  /** Nor where both say whose they are, nor where the user says that there is but one. */
  @Test
  void aTokenWithDetailsOfItsOwnIsNotTheServersByItsGrant() {
    String alice = "{\"iss\":\"https://as.example\",\"sub\":\"alice\",\"jti\":\"";
    TokenServer server = new TokenServer();
    String old = TokenServer.jwt(alice + "1\"}");
    server.tokens.put("alice", old);
    server.tokens.put("r1", TokenServer.jwt(alice + "2\"}"));
    FixWorld world = server.world(STALE);
    world.form(
        OAuthServer.TOKEN, "grant_type=authorization_code&" + OAuthServer.RESOURCE + "&code=alice");
    list(world, old, 200);
    world.form(
        OAuthServer.TOKEN,
        "grant_type=refresh_token&authorization_details=%5B%5D&refresh_token=r1");
    server.revoked.put(old, true);
    list(world, old, 401);
  }

  /** Two clients that authenticate under names of their own are two, whatever id they share. */
  @ParameterizedTest
  @CsvSource({"one:x, other:x, 401", "app:x, app:y, 200"})
  void clientsThatAuthenticateDifferentlyAreNotOne(String one, String other, int status) {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    String form = "grant_type=client_credentials&client_id=app&" + OAuthServer.RESOURCE + "&code=";
    world.form(OAuthServer.TOKEN, form + "one", "Authorization", basic(one));
    world.form(OAuthServer.TOKEN, form + "other", "Authorization", basic(other));
    list(world, "token-of-one", 200);
    server.revoked.put("token-of-one", true);
    list(world, "token-of-one", status);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}

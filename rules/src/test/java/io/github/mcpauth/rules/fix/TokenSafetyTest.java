package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose token it is: a fix puts none in the place of another user's. */
class TokenSafetyTest {

  private static final String STALE = "stale-token-after-auth";
  private static final String REFRESH =
      "grant_type=refresh_token&refresh_token=r1&resource=https%3A%2F%2Fmcp.example%2Fmcp";

  private static void logIn(FixWorld world, String code) {
    String form = "grant_type=authorization_code&resource=https%3A%2F%2Fmcp.example%2Fmcp&code=";
    world.form(OAuthServer.TOKEN, form + code);
  }

  private static void list(FixWorld world, String token, int status) {
    assertThat(world.post(LIST, "Authorization", "Bearer " + token).status()).isEqualTo(status);
  }

  @Test
  void aUsersCallDoesNotLeaveWithAnotherUsersToken() {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    logIn(world, "alice");
    logIn(world, "bob");
    list(world, "token-of-alice", 200);
    server.revoked.put("token-of-alice", true);
    int before = world.wire.size();
    list(world, "token-of-alice", 401);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.wire).hasSize(before + 2);
    assertThat(world.skipped())
        .hasSize(2)
        .allMatch(why -> why.contains("same login") || why.contains("it carries no token"));
  }

  @ParameterizedTest
  @CsvSource({"bob, 401", "alice, 200"})
  void tokensThatNameTheirUserAreToldApart(String newest, int status) {
    TokenServer server = new TokenServer();
    String old = TokenServer.jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}");
    server.tokens.put(
        "b",
        TokenServer.jwt(
            "{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"" + newest + "\"}"));
    FixWorld world = server.world(STALE);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    list(world, old, 200);
    server.revoked.put(old, true);
    logIn(world, "b");
    list(world, old, status);
  }

  /** What a server takes from everybody, it vouches for nobody by. */
  @Test
  void aTokenThatWasTakenWhereNoneIsNeededIsNobodys() {
    TokenServer server = new TokenServer();
    server.tokens.put("a", TokenServer.jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}"));
    String forged =
        TokenServer.jwt("{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"alice\"}");
    FixWorld world = server.world(STALE);
    logIn(world, "a");
    list(world, forged, 200);
    server.revoked.put(forged, true);
    list(world, forged, 401);
  }

  /** One origin may have several issuers, each of whom could write another's name into a token. */
  @ParameterizedTest
  @CsvSource({
    "https://as.example/evil/token, 401",
    "https://as.example/token, 401",
    "https://as.example/good/token, 200"
  })
  void whoIssuesATokenSpeaksForItsOwnUsersOnly(String endpoint, int status) {
    String alice = "{\"iss\":\"https://as.example/good\",\"sub\":\"alice\",\"jti\":\"";
    Map<String, String> tokens =
        Map.of(
            "a",
            TokenServer.jwt(alice + "1\"}"),
            "b",
            TokenServer.jwt(alice + "2\"}"),
            "c",
            TokenServer.jwt(alice + "3\"}"));
    FixWorld world =
        FixWorld.with(
            STALE,
            sent -> {
              if (sent.goesTo(OAuthServer.PRM_PATH)) {
                return Reply.of(200, OAuthServer.resource(MCP, "https://as.example/good"));
              }
              if (sent.line().endsWith("token")) {
                return Reply.of(
                    200,
                    OAuthServer.token(
                        String.valueOf(tokens.get(sent.body().replaceAll(".*=", "")))));
              }
              boolean good = ("Bearer " + tokens.get("c")).equals(sent.header("Authorization"));
              return good ? Reply.of(200, RESULT) : Reply.of(401, "", "WWW-Authenticate", "Bearer");
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get("https://as.example/.well-known/oauth-authorization-server/good");
    String form = "grant_type=authorization_code&resource=https%3A%2F%2Fmcp.example%2Fmcp&code=";
    String good = "https://as.example/good/token";
    world.form(good, form + "a");
    world.form(endpoint, form + "b");
    world.form(good, form + "c");
    list(world, String.valueOf(tokens.get("b")), status);
  }

  @Test
  void anIssuerDoesNotSpeakForItsNeighboursUsers() {
    whoIssuesATokenSpeaksForItsOwnUsersOnly("https://as.example/evil/token", 401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"org_id\":\"blue\"}; 401",
        "{\"act\":{\"sub\":\"agent\"}}; 401",
        "{\"tid\":\"1\"}; 401",
        "{\"urn:zitadel:iam:org:id\":\"1\"}; 401",
        "{\"custom:tenant_id\":\"1\"}; 401",
        "{\"orgName\":\"blue\"}; 401",
        "{\"firebase\":{\"tenant\":\"1\"}}; 401",
        "{\"impersonator\":{\"id\":\"1\"}}; 401",
        "{\"realm_access\":{\"roles\":[\"a\"]},\"resource_access\":{\"account\":{\"roles\":[]}}}; 200",
        "{\"account_type\":\"1\"}; 200",
        "{\"https://acme.example/account_id\":\"1\"}; 401",
        "{\"azp\":\"other\"}; 200",
        "{\"scope\":\"a b\"}; 200"
      })
  void oneUserOfTwoTenantsOrThroughADelegateIsTwo(String more, int status) {
    String alice = "{\"iss\":\"https://as.example\",\"sub\":\"alice\",";
    TokenServer server = new TokenServer();
    server.tokens.put("a", TokenServer.jwt(alice + more.substring(1)));
    server.tokens.put("b", TokenServer.jwt(alice + "\"jti\":\"2\"}"));
    FixWorld world = server.world(STALE);
    logIn(world, "a");
    logIn(world, "b");
    server.revoked.put(String.valueOf(server.tokens.get("a")), true);
    list(world, String.valueOf(server.tokens.get("a")), status);
  }

  /**
   * Whoever hands a host a token may have written it: only a server that took it vouches for it.
   */
  @Test
  void aForgedTokenThatNamesAUserIsNotReplacedByThatUsers() {
    TokenServer server = new TokenServer();
    server.tokens.put("a", TokenServer.jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}"));
    String forged =
        TokenServer.jwt("{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"alice\"}");
    server.revoked.put(forged, true);
    FixWorld world = server.world(STALE);
    logIn(world, "a");
    list(world, forged, 401);
  }

  @Test
  void aRefreshedTokenIsTheSameUsersWhateverElseIsInUse() {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    logIn(world, "alice");
    world.form(OAuthServer.TOKEN, REFRESH);
    list(world, "token-of-alice", 200);
    list(world, "token-of-somebody", 200);
    server.revoked.put("token-of-alice", true);
    list(world, "token-of-alice", 200);
    assertThat(world.last().header("Authorization")).isEqualTo("Bearer token-of-r1");
  }

  /** One client that asks for tokens of several tenants, or for several users, is several. */
  @ParameterizedTest
  @CsvSource({
    "organization=org_1, organization=org_2, 401",
    "subject=alice, subject=bob, 401",
    "scope=red, scope=blue, 401",
    "scope=read, scope=read+write, 200"
  })
  void aClientThatActsForSeveralHasAsManyLogins(String one, String other, int status) {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    String form = "grant_type=client_credentials&client_id=app&" + OAuthServer.RESOURCE;
    world.form(OAuthServer.TOKEN, form + "&" + one + "&code=one");
    world.form(OAuthServer.TOKEN, form + "&" + other + "&code=other");
    list(world, "token-of-one", 200);
    server.revoked.put("token-of-one", true);
    list(world, "token-of-one", status);
  }

  /** A refresh may lead into another of the user's tenants: what is done there is done there. */
  @Test
  void aRefreshThatAsksForAnotherTenantIsAnotherLogin() {
    refreshed("&client_id=app&scope=read", 200);
    refreshed("&organization_id=org_2", 401);
  }

  private static void refreshed(String more, int status) {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(STALE);
    logIn(world, "alice");
    world.form(OAuthServer.TOKEN, REFRESH + more);
    list(world, "token-of-alice", 200);
    server.revoked.put("token-of-alice", true);
    list(world, "token-of-alice", status);
  }

  @Test
  void aRefreshedTokenThatNamesAnotherTenantIsNotTheOnesBefore() {
    refreshedInto("1", 200);
    refreshedInto("2", 401);
  }

  private static void refreshedInto(String tenant, int status) {
    String alice = "{\"iss\":\"https://as.example\",\"sub\":\"alice\",\"org_id\":\"";
    TokenServer server = new TokenServer();
    String old = TokenServer.jwt(alice + "1\"}");
    server.tokens.put("a", old);
    server.tokens.put("r1", TokenServer.jwt(alice + tenant + "\",\"jti\":\"2\"}"));
    FixWorld world = server.world(STALE);
    logIn(world, "a");
    list(world, old, 200);
    world.form(OAuthServer.TOKEN, REFRESH);
    server.revoked.put(old, true);
    list(world, old, status);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.api.Test;

/**
 * What somebody says of other people's tokens, logins and clients is not enough. Each of these is
 * one guard's; {@link Guards} names it, and {@link GuardsTest} shows that it is missed.
 */
class LoginGuardsTest {

  private static final String AS = FixWorld.AS;
  private static final String BANK = "https://bank.example/token";
  private static final String CODE = "grant_type=authorization_code&client_id=host&code=";

  private final GuardedServers servers = new GuardedServers();

  @Test
  void aTokenOfSomebodyWhoIsNotTheServersIssuerIsNotTheServers() {
    servers.answers.put(BANK, Reply.of(200, OAuthServer.token("token-of-the-bank")));
    servers.takes.put(MCP, "token-of-the-bank");
    FixWorld world = GuardedServers.discovered(servers.one());
    world.form(BANK, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.wire).noneMatch(sent -> sent.header("Authorization") != null);
  }

  /** Two issuers of one origin, told apart by path: only one of them is the server's. */
  @Test
  void aTokenOfAnotherIssuerInTheSameOriginIsNotTheServers() {
    String neighbour = AS + "/evil/token";
    servers.answers.put(
        OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(MCP, AS + "/good")));
    servers.answers.put(neighbour, Reply.of(200, OAuthServer.token("token-of-the-neighbour")));
    servers.takes.put(MCP, "token-of-the-neighbour");
    FixWorld world = GuardedServers.discovered(servers.one());
    world.get(AS + "/.well-known/oauth-authorization-server/good");
    world.form(neighbour, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    servers.answers.put(AS + "/good/token", Reply.of(200, OAuthServer.token("token-of-its-own")));
    servers.takes.put(MCP, "token-of-its-own");
    FixWorld other = GuardedServers.discovered(servers.one());
    other.get(AS + "/.well-known/oauth-authorization-server/good");
    other.form(AS + "/good/token", CODE + "d&" + OAuthServer.RESOURCE);
    assertThat(other.post(LIST).status()).isEqualTo(200);
  }

  /** A login from before the server was known is one that it was given. */
  @Test
  void anEarlierLoginCountsWhereThereIsToBeOne() {
    FixWorld world = servers.one();
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("first-token")));
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    GuardedServers.discovered(world);
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    world.form(OAuthServer.TOKEN, CODE + "bob&" + OAuthServer.RESOURCE);
    servers.takes.put(MCP, "second-token");
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  @Test
  void aTokenOfOneLoginForAnotherResourceIsNotTheServers() {
    servers.answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("victims-token")));
    String elsewhere = "&resource=https%3A%2F%2Fvictim.example%2Fmcp";
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1" + elsewhere);
    servers.takes.put(MCP, "victims-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
    assertThat(world.wire)
        .noneMatch(sent -> "Bearer victims-token".equals(sent.header("Authorization")));
  }

  /** A server that servers.takes everything gets nothing by that. */
  @Test
  void aTokenThatWasAskedForAnothersResourceIsNotTheServersThatTookIt() {
    String victims = "&resource=https%3A%2F%2Fvictim.example%2Fmcp";
    servers.answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.form(OAuthServer.TOKEN, CODE + "c" + victims);
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("newest-token")));
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1" + victims);
    servers.takes.put(MCP, "first-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(200);
    servers.takes.put(MCP, "newest-token");
    assertThat(world.post(LIST, "Authorization", "Bearer newest-token").status()).isEqualTo(200);
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  /** That its only issuer issued it makes a token likely to be the server's, no more. */
  @Test
  void aTokenThatMayBeTheServersIsNotSentByAFix() {
    servers.answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.form(OAuthServer.TOKEN, CODE + "c");
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("newest-token")));
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    servers.takes.put(MCP, "newest-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  @Test
  void aServerThatWasGivenTwoLoginsIsGivenNoneByItself() {
    FixWorld world = GuardedServers.discovered(servers.one());
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    world.form(OAuthServer.TOKEN, CODE + "bob&" + OAuthServer.RESOURCE);
    servers.takes.put(MCP, "second-token");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  /** What a fix repeated at the token endpoint is the host's login all the same. */
  @Test
  void aLoginThatAFixBroughtAboutIsCounted() {
    FixWorld world = GuardedServers.discovered(servers.one());
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    servers.takes.put(MCP, "new-token-1234567");
    assertThat(world.post(LIST).status()).isEqualTo(200);
    servers.basicOnly = true;
    servers.answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    String secret = CODE + "bob&client_secret=s&" + OAuthServer.RESOURCE;
    assertThat(world.form(OAuthServer.TOKEN, secret).status()).isEqualTo(200);
    assertThat(world.last().header("Authorization")).startsWith("Basic ");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  @Test
  void aLoginThatWasGivenBackServesNobody() {
    String revoke = AS + "/revoke";
    String document = OAuthServer.metadata(AS);
    servers.answers.put(
        OAuthServer.ASM,
        Reply.of(200, document.replace("{", "{\"revocation_endpoint\":\"" + revoke + "\",")));
    servers.answers.put(revoke, Reply.of(200, ""));
    servers.takes.put(MCP, "new-token-1234567");
    FixWorld world = GuardedServers.discovered(servers.one());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(200);
    world.form(revoke, "token=new-token-1234567");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  @Test
  void aKeyInTheQueryMakesARequestSomebodys() {
    servers.takes.put(MCP, "new-token-1234567");
    servers.takes.put(MCP + "?api_key=of-bob", "new-token-1234567");
    FixWorld world = GuardedServers.discovered(servers.one());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    String[] headers = FixWorld.mcp();
    world.host("POST", MCP + "?api_key=of-bob", LIST, headers);
    assertThat(world.wire).noneMatch(sent -> sent.header("Authorization") != null);
  }

  @Test
  void aClientThatWasRegisteredForOneServerMayBeUsedForAnother() {
    servers.takes.put(MCP, "new-token-1234567");
    FixWorld world = GuardedServers.discovered(servers.several());
    world.register(OAuthServer.REGISTER);
    String form = CODE.replace("host", "client-1");
    world.form(OAuthServer.TOKEN, form + "c");
    assertThat(world.last().body()).contains("resource=");
    servers.answers.put(MCP, Reply.of(200, RESULT.replace("\"id\":0", "\"id\":1")));
    world.post(LIST, "Authorization", "Bearer new-token-1234567");
    world.form(OAuthServer.TOKEN, form + "d"); // Whoever it is for, this server has a token.
    assertThat(world.last().body()).doesNotContain("resource=");
  }
}

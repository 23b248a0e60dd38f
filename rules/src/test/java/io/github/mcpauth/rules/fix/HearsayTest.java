package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What somebody says of other people's URLs, clients and tokens is not enough. Each of these is one
 * guard's; {@link Guards} names it, and {@link GuardsTest} shows that it is missed.
 */
class HearsayTest {

  private static final String AS = FixWorld.AS;
  private static final String VICTIM = "https://victim.example/mcp";
  private static final String BANK = "https://bank.example/token";
  private static final String CODE = "grant_type=authorization_code&client_id=host&code=";

  private final Map<String, Reply> answers = new HashMap<>();
  private final Map<String, String> takes = new HashMap<>();
  private boolean challenges = true;
  private boolean basicOnly;

  private Reply answer(FixWorld.Sent sent) {
    if (basicOnly && sent.says("client_secret=")) {
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    Reply known = answers.get(sent.head().url().toString());
    if (known != null) {
      return known;
    }
    @Nullable String carried = sent.header("Authorization");
    String taken = takes.get(sent.head().url().toString());
    if (taken != null && ("Bearer " + taken).equals(carried)) {
      return Reply.of(200, RESULT);
    }
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    return sent.line().startsWith("POST ") && sent.line().contains("/mcp")
        ? Reply.of(
            401, "", challenges ? new String[] {"WWW-Authenticate", "Bearer"} : new String[0])
        : Reply.of(404, "");
  }

  private static Map<String, FixMode> every() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  private FixWorld several() {
    return FixWorld.with(every(), this::answer);
  }

  private FixWorld one() {
    return FixWorld.forOneUser(every(), this::answer);
  }

  /** As an honest host begins. */
  private static FixWorld discovered(FixWorld world) {
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.wire.clear();
    world.logged.clear();
    return world;
  }

  @Test
  void aDocumentElsewhereThatNamesSomebodyElseIsNotTheServers() {
    String hint = "https://victim.example/document";
    answers.put(
        MCP, Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + hint + '"'));
    answers.put(hint, Reply.of(200, OAuthServer.resource(VICTIM, AS)));
    FixWorld world = several();
    world.post(INITIALIZE);
    world.get(hint);
    assertThat(world.logged).noneMatch(line -> line.endsWith(hint));
    answers.put(hint, Reply.of(200, OAuthServer.resource(MCP, AS)));
    world.get(hint);
    assertThat(world.logged).contains(MCP + " GET " + hint);
  }

  @Test
  void aDocumentThatNamesAnotherIssuerNamesNoEndpointElsewhere() {
    String lies = OAuthServer.metadata("https://other.example");
    answers.put(OAuthServer.ASM, Reply.of(200, lies.replace("https://other.example/token", BANK)));
    answers.put(BANK, Reply.of(200, OAuthServer.token("token-of-the-bank")));
    FixWorld world = discovered(several());
    world.form(BANK, CODE + "c");
    assertThat(world.logged).isEmpty();
    answers.put(
        OAuthServer.ASM, Reply.of(200, OAuthServer.metadata(AS).replace(OAuthServer.TOKEN, BANK)));
    world.get(OAuthServer.ASM);
    world.form(BANK, CODE + "c");
    assertThat(world.logged).contains(MCP + " POST " + BANK);
  }

  @Test
  void aTokenOfSomebodyWhoIsNotTheServersIssuerIsNotTheServers() {
    answers.put(BANK, Reply.of(200, OAuthServer.token("token-of-the-bank")));
    takes.put(MCP, "token-of-the-bank");
    FixWorld world = discovered(one());
    world.form(BANK, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.wire).noneMatch(sent -> sent.header("Authorization") != null);
  }

  /** Two issuers of one origin, told apart by path: only one of them is the server's. */
  @Test
  void aTokenOfAnotherIssuerInTheSameOriginIsNotTheServers() {
    String neighbour = AS + "/evil/token";
    answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(MCP, AS + "/good")));
    answers.put(neighbour, Reply.of(200, OAuthServer.token("token-of-the-neighbour")));
    takes.put(MCP, "token-of-the-neighbour");
    FixWorld world = discovered(one());
    world.get(AS + "/.well-known/oauth-authorization-server/good");
    world.form(neighbour, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    answers.put(AS + "/good/token", Reply.of(200, OAuthServer.token("token-of-its-own")));
    takes.put(MCP, "token-of-its-own");
    FixWorld other = discovered(one());
    other.get(AS + "/.well-known/oauth-authorization-server/good");
    other.form(AS + "/good/token", CODE + "d&" + OAuthServer.RESOURCE);
    assertThat(other.post(LIST).status()).isEqualTo(200);
  }

  @Test
  void whoNamesAnothersEndpointElsewhereDoesNotBecomeItsUser() {
    String evil = "https://evil.example/mcp";
    String issuer = "https://evil.example";
    answers.put(
        issuer + "/.well-known/oauth-protected-resource/mcp",
        Reply.of(200, OAuthServer.resource(evil, issuer)));
    String metadata = issuer + "/.well-known/oauth-authorization-server";
    answers.put(
        metadata,
        Reply.of(200, OAuthServer.metadata(issuer).replace(issuer + "/token", OAuthServer.TOKEN)));
    FixWorld world = discovered(several());
    world.later(Duration.ofSeconds(1));
    world.host("POST", evil, INITIALIZE, FixWorld.mcp());
    world.get(issuer + "/.well-known/oauth-protected-resource/mcp");
    world.get(metadata);
    world.logged.clear();
    world.form(OAuthServer.TOKEN, CODE + "c");
    assertThat(world.logged).containsExactly(MCP + " POST " + OAuthServer.TOKEN);
  }

  @Test
  void aServerThatPublishesAnothersResourceHasNoneAdded() {
    answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(VICTIM, AS)));
    FixWorld world = discovered(several());
    world.register(OAuthServer.REGISTER);
    world.form(OAuthServer.TOKEN, CODE.replace("host", "client-1") + "c");
    assertThat(world.last().body()).doesNotContain("resource=");
  }

  /** A login from before the server was known is one that it was given. */
  @Test
  void anEarlierLoginCountsWhereThereIsToBeOne() {
    FixWorld world = one();
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("first-token")));
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    discovered(world);
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    world.form(OAuthServer.TOKEN, CODE + "bob&" + OAuthServer.RESOURCE);
    takes.put(MCP, "second-token");
    assertThat(world.post(LIST).status()).isEqualTo(401);
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  @Test
  void aTokenOfOneLoginForAnotherResourceIsNotTheServers() {
    answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = discovered(several());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("victims-token")));
    String elsewhere = "&resource=https%3A%2F%2Fvictim.example%2Fmcp";
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1" + elsewhere);
    takes.put(MCP, "victims-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
    assertThat(world.wire)
        .noneMatch(sent -> "Bearer victims-token".equals(sent.header("Authorization")));
  }

  /** A server that takes everything gets nothing by that. */
  @Test
  void aTokenThatWasAskedForAnothersResourceIsNotTheServersThatTookIt() {
    String victims = "&resource=https%3A%2F%2Fvictim.example%2Fmcp";
    answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = discovered(several());
    world.form(OAuthServer.TOKEN, CODE + "c" + victims);
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("newest-token")));
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1" + victims);
    takes.put(MCP, "first-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(200);
    takes.put(MCP, "newest-token");
    assertThat(world.post(LIST, "Authorization", "Bearer newest-token").status()).isEqualTo(200);
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  /** That its only issuer issued it makes a token likely to be the server's, no more. */
  @Test
  void aTokenThatMayBeTheServersIsNotSentByAFix() {
    answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("first-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    FixWorld world = discovered(several());
    world.form(OAuthServer.TOKEN, CODE + "c");
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("newest-token")));
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    takes.put(MCP, "newest-token");
    assertThat(world.post(LIST, "Authorization", "Bearer first-token").status()).isEqualTo(401);
  }

  @Test
  void aServerThatWasGivenTwoLoginsIsGivenNoneByItself() {
    FixWorld world = discovered(one());
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    world.form(OAuthServer.TOKEN, CODE + "bob&" + OAuthServer.RESOURCE);
    takes.put(MCP, "second-token");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  /** What a fix repeated at the token endpoint is the host's login all the same. */
  @Test
  void aLoginThatAFixBroughtAboutIsCounted() {
    FixWorld world = discovered(one());
    world.form(OAuthServer.TOKEN, CODE + "alice&" + OAuthServer.RESOURCE);
    takes.put(MCP, "new-token-1234567");
    assertThat(world.post(LIST).status()).isEqualTo(200);
    basicOnly = true;
    answers.put(OAuthServer.TOKEN, Reply.of(200, OAuthServer.token("second-token")));
    String secret = CODE + "bob&client_secret=s&" + OAuthServer.RESOURCE;
    assertThat(world.form(OAuthServer.TOKEN, secret).status()).isEqualTo(200);
    assertThat(world.last().header("Authorization")).startsWith("Basic ");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  @Test
  void aLoginThatWasGivenBackServesNobody() {
    String revoke = AS + "/revoke";
    String document = OAuthServer.metadata(AS);
    answers.put(
        OAuthServer.ASM,
        Reply.of(200, document.replace("{", "{\"revocation_endpoint\":\"" + revoke + "\",")));
    answers.put(revoke, Reply.of(200, ""));
    takes.put(MCP, "new-token-1234567");
    FixWorld world = discovered(one());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    assertThat(world.post(LIST).status()).isEqualTo(200);
    world.form(revoke, "token=new-token-1234567");
    assertThat(world.post(LIST).status()).isEqualTo(401);
  }

  @Test
  void aKeyInTheQueryMakesARequestSomebodys() {
    takes.put(MCP, "new-token-1234567");
    takes.put(MCP + "?api_key=of-bob", "new-token-1234567");
    FixWorld world = discovered(one());
    world.form(OAuthServer.TOKEN, CODE + "c&" + OAuthServer.RESOURCE);
    String[] headers = FixWorld.mcp();
    world.host("POST", MCP + "?api_key=of-bob", LIST, headers);
    assertThat(world.wire).noneMatch(sent -> sent.header("Authorization") != null);
  }

  @Test
  void aClientThatWasRegisteredForOneServerMayBeUsedForAnother() {
    takes.put(MCP, "new-token-1234567");
    FixWorld world = discovered(several());
    world.register(OAuthServer.REGISTER);
    String form = CODE.replace("host", "client-1");
    world.form(OAuthServer.TOKEN, form + "c");
    assertThat(world.last().body()).contains("resource=");
    answers.put(MCP, Reply.of(200, RESULT.replace("\"id\":0", "\"id\":1")));
    world.post(LIST, "Authorization", "Bearer new-token-1234567");
    world.form(OAuthServer.TOKEN, form + "d"); // Whoever it is for, this server has a token.
    assertThat(world.last().body()).doesNotContain("resource=");
  }

  @Test
  void aRequestToAnotherHostAtTheSameAddressIsAnotherServers() {
    takes.put(MCP, "new-token-1234567");
    FixWorld world = discovered(one());
    world.form(OAuthServer.TOKEN, CODE + "c"); // No resource: whose it is shows where it is taken.
    String[] good = {"Authorization", "Bearer new-token-1234567", "Host", "good.internal"};
    assertThat(world.post(LIST, good).status()).isEqualTo(200);
    assertThat(world.post(LIST, "Host", "evil.internal").status()).isEqualTo(401);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    String[] both = {good[0], good[1], "Host", "mcp.example", "Host", "evil.internal"};
    assertThat(world.post(LIST, both).status()).isEqualTo(200);
    assertThat(world.post(LIST).status()).isEqualTo(401);
    good[3] = "MCP.example:443";
    assertThat(world.post(LIST, good).status()).isEqualTo(200);
    assertThat(world.post(LIST).status()).isEqualTo(200);
  }

  @Test
  void aQueryMakesAnotherServerAndASlashDoesNot() {
    String[] called = {MCP + "?t=a"};
    takes.put(called[0], "new-token-1234567");
    FixWorld world =
        FixWorld.with(
                Map.of("stale-token-after-auth", FixMode.ON),
                sent ->
                    sent.says("tools/list")
                            && sent.header("X-Moved") != null
                            && sent.goesTo(MCP + "?t=a")
                        ? Reply.of(307, "", "Location", String.valueOf(sent.header("X-Moved")))
                        : sent.goesTo(OAuthServer.TOKEN) && sent.says("refresh")
                            ? Reply.of(200, OAuthServer.token("newest-token"))
                            : answer(sent))
            .following();
    answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("old-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(called[0], AS)));
    world.host("POST", called[0], INITIALIZE, FixWorld.mcp());
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    String resource = "&resource=https%3A%2F%2Fmcp.example%2Fmcp%3Ft%3Da";
    world.form(OAuthServer.TOKEN, CODE + "c" + resource);
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    takes.put(MCP, "newest-token");
    takes.put(MCP + "/?t=a", "newest-token");
    String[] old = {"Authorization", "Bearer old-token", "X-Moved", "/mcp"};
    assertThat(world.host("POST", called[0], LIST, FixWorld.mcp(old)).status()).isEqualTo(401);
    assertThat(world.wire)
        .noneMatch(
            sent -> sent.goesTo(MCP) && "Bearer newest-token".equals(sent.header("Authorization")));
    old[3] = "/mcp/?t=a";
    assertThat(world.host("POST", called[0], LIST, FixWorld.mcp(old)).status()).isEqualTo(200);
  }

  @Test
  void whatWasMissingIsLookedForAnewAfterATime() {
    answers.put(OAuthServer.PRM_PATH, Reply.of(404, ""));
    FixWorld world = FixWorld.with("missing-resource-metadata", this::answer);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.wire.clear();
    world.get(OAuthServer.PRM_ROOT);
    assertThat(world.wire.get(0).goesTo(OAuthServer.PRM_ROOT)).isTrue();
    world.later(Duration.ofMinutes(11));
    world.wire.clear();
    world.get(OAuthServer.PRM_ROOT);
    assertThat(world.wire.get(0).goesTo(OAuthServer.PRM_PATH)).isTrue();
  }

  @Test
  void documentsFromMemoryAreLookedForAnewAfterATime() {
    String own = "https://mcp.example";
    String metadata = own + "/.well-known/oauth-authorization-server";
    challenges = false;
    answers.put(OAuthServer.PRM_PATH, Reply.of(404, ""));
    answers.put(OAuthServer.PRM_ROOT, Reply.of(404, ""));
    answers.put(metadata, Reply.of(200, OAuthServer.metadata(own)));
    FixWorld world = several();
    world.post(INITIALIZE);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains("authorization_servers");
    answers.remove(metadata);
    world.later(io.github.mcpauth.rules.knowledge.DocumentsFromMemory.KEPT.minusSeconds(1));
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(200);
    world.later(Duration.ofSeconds(2));
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(404);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One host, a server that is up to no good, a server that is not, and code that has nothing to do
 * with either: nobody gets what was issued for another, and nothing is taken down that has not the
 * form of what we are about. Every fix is on.
 */
class AttributionTest {

  private static final String EVIL = "https://evil.example/mcp";
  private static final String GOOD = "https://good.example/mcp";
  private static final String AS = "https://as.example";
  private static final String MODEL = "https://model.example/v1/chat";
  private static final String PROMPT = "{\"model\":\"m\",\"messages\":[\"my secret\"]}";
  private static final String CLIENT = "grant_type=client_credentials&client_id=app";

  private final Places at = new Places();
  private final FixWorld world = at.world;

  @Test
  void aLoginThatNamesNoServerIsNobodys() {
    at.server(EVIL, Places.document(EVIL));
    at.places.put(
        "https://idp.example/token", sent -> Reply.of(200, OAuthServer.token("app-token-1")));
    at.connect(EVIL);
    world.form("https://idp.example/token", CLIENT);
    at.call(EVIL);
    assertThat(at.tokensAt(EVIL)).isEmpty();
    assertThat(world.logged).noneMatch(line -> line.contains("idp.example"));
  }

  @Test
  void twoHonestServersEachWithClientCredentials() {
    String other = "https://other-as.example";
    at.server(EVIL, Places.document(EVIL), "b-token-12345");
    at.server(GOOD, Places.document(GOOD), "a-token-12345");
    at.metadata(EVIL, EVIL, other);
    at.metadata(GOOD, GOOD, AS);
    at.issuer(other, other + "/token", "b-token-12345");
    at.issuer(AS, AS + "/token", "a-token-12345");
    at.discover(GOOD, AS);
    at.discover(EVIL, other);
    world.form(AS + "/token", CLIENT + "-a");
    at.call(GOOD, "Authorization", "Bearer a-token-12345");
    at.call(EVIL);
    world.form(other + "/token", CLIENT + "-b");
    at.call(EVIL, "Authorization", "Bearer b-token-12345");
    at.call(GOOD);
    assertThat(at.tokensAt(EVIL)).containsOnly("Bearer b-token-12345");
    assertThat(at.tokensAt(GOOD)).containsOnly("Bearer a-token-12345");
  }

  @ParameterizedTest
  @CsvSource({"https://as.example, 1.3", "https://evil.example, 1.4"})
  void anAuthorizationServerOrEndpointThatTwoName(String named, String row) {
    at.server(EVIL, Places.document(EVIL));
    at.server(GOOD, Places.document(GOOD), "good-token-1");
    at.metadata(EVIL, EVIL, named);
    at.metadata(GOOD, GOOD, AS);
    at.issuer(AS, AS + "/token", "good-token-1");
    if (!named.equals(AS)) {
      at.issuer(named, AS + "/token", "good-token-1");
    }
    at.discover(GOOD, AS);
    at.discover(EVIL, named);
    world.form(AS + "/token", "grant_type=authorization_code&code=c&client_id=host");
    at.call(EVIL);
    at.call(GOOD, "Authorization", "Bearer good-token-1");
    at.call(EVIL);
    assertThat(at.tokensAt(EVIL)).as(row).isEmpty();
  }

  @Test
  void aStreamThatNamesAnotherServersUrl() {
    String sse = "https://evil.example/sse";
    at.places.put(
        sse,
        sent ->
            sent.head().method().equals("GET")
                ? Reply.of(
                    200, "event: endpoint\ndata: " + GOOD, "Content-Type", "text/event-stream")
                : Reply.of(401, ""));
    at.server(GOOD, Places.document(GOOD), "good-token-1");
    world.host("GET", sse, "", "Accept", "text/event-stream");
    at.connect(GOOD, "Authorization", "Bearer good-token-1");
    at.call(sse);
    assertThat(at.tokensAt(sse)).isEmpty();
    assertThat(world.logged).contains(GOOD + " POST " + GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "https://one.example/evil/mcp, https://one.example/good/mcp, 1.6",
    "https://one.example/mcp?tenant=evil, https://one.example/mcp?tenant=good, 1.7"
  })
  void oneOriginIsNotOneOwner(String evil, String good, String row) {
    at.server(evil, Places.document(evil));
    at.server(good, Places.document(good), "good-token-1");
    at.metadata(evil, evil, AS);
    at.metadata(good, good, AS);
    at.issuer(AS, AS + "/token", "good-token-1");
    at.discover(good, AS);
    at.connect(evil);
    String resource = java.net.URLEncoder.encode(good, java.nio.charset.StandardCharsets.UTF_8);
    world.form(AS + "/token", "grant_type=authorization_code&code=c&resource=" + resource);
    at.call(evil);
    at.call(good, "Authorization", "Bearer good-token-1");
    at.call(evil);
    assertThat(at.tokensAt(evil)).as(row).isEmpty();
    assertThat(world.logged).contains(evil + " POST " + evil, good + " POST " + good);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 200})
  void aDocumentOfSomebodyElseIsNeitherAnsweredNorLookedUp(int status) {
    String account = "https://bank.example/account";
    at.server(EVIL, account);
    at.metadata(EVIL, EVIL, "https://evil.example");
    at.places.put(account, sent -> Reply.of(status, "<html>", "Content-Type", "text/html"));
    at.connect(EVIL);
    int before = world.wire.size();
    Reply seen = world.host("GET", account, "", "X-Pat", "secret", "Accept", "application/json");
    assertThat(seen.status()).isEqualTo(status);
    assertThat(seen.body()).isEqualTo("<html>");
    assertThat(world.wire).hasSize(before + 1);
    assertThat(world.logged).noneMatch(line -> line.contains("bank.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hint", "registration_endpoint", "token_endpoint", "jwks_uri"})
  void whatLacksTheFormIsLeftAloneWhoeverNamedIt(String how) {
    at.server(EVIL, how.equals("hint") ? MODEL : Places.document(EVIL));
    at.metadata(EVIL, EVIL, "https://evil.example");
    at.issuer("https://evil.example", "https://evil.example/token", "t-12345678");
    String member = '"' + how + "\":\"" + MODEL + '"';
    at.places.put(
        "https://evil.example/.well-known/oauth-authorization-server",
        sent -> {
          String document = OAuthServer.metadata("https://evil.example");
          return Reply.of(
              200,
              document.contains('"' + how + '"')
                  ? document.replaceFirst('"' + how + "\":\"[^\"]*\"", member)
                  : document.replaceFirst("\\{", "{" + member + ","));
        });
    at.places.put(MODEL, sent -> Reply.of(200, "{}"));
    at.discover(EVIL, "https://evil.example");
    world.host("POST", MODEL, PROMPT, "Content-Type", "application/json");
    assertThat(world.last().body()).isEqualTo(PROMPT);
    assertThat(world.logged).noneMatch(line -> line.contains("model.example"));
    world.host("GET", MODEL, "", "Accept", "application/json");
    assertThat(world.logged).noneMatch(line -> line.contains("model.example"));
  }

  @Test
  void aServersUrlStaysItsOwnWhoeverNamesIt() {
    at.server(GOOD, Places.document(GOOD), "good-token-1");
    at.places.put(
        EVIL,
        sent ->
            sent.says("initialize") && sent.header("X-Second") != null
                ? Reply.of(200, FixWorld.INITIALIZED)
                : Reply.of(
                    401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + GOOD + '"'));
    at.connect(EVIL);
    at.connect(EVIL, "X-Second", "1");
    at.call(GOOD, "Authorization", "Bearer good-token-1", "MCP-Protocol-Version", "2025-11-25");
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
    assertThat(world.logged).contains(GOOD + " POST " + GOOD);
  }

  @Test
  void aLoginOfTheHostsOwnIsNotTakenDown() {
    at.server(EVIL, Places.document(EVIL));
    at.connect(EVIL);
    at.places.put(
        "https://idp.example/token", sent -> Reply.of(400, "{\"error\":\"invalid_grant\"}"));
    world.form("https://idp.example/token", "grant_type=authorization_code&code=c&client_id=web");
    assertThat(world.logged).noneMatch(line -> line.contains("idp.example"));
    assertThat(world.findings).noneMatch(each -> each.rule().startsWith("token-request"));
  }

  @Test
  void anotherClientsRequestIsNotChanged() {
    at.server(EVIL, Places.document(EVIL) + "\", scope=\"evil:all");
    at.metadata(EVIL, EVIL, AS);
    at.issuer(AS, AS + "/token", "app-token-1");
    at.discover(EVIL, AS);
    world.form(AS + "/token", CLIENT);
    assertThat(world.last().body()).isEqualTo(CLIENT);
    at.call(EVIL);
    assertThat(at.tokensAt(EVIL)).isEmpty();
  }

  private void logIn(String user) {
    String resource = "&resource=https%3A%2F%2Fgood.example%2Fmcp";
    at.places.put(AS + "/token", sent -> Reply.of(200, OAuthServer.token(user + "-token-1")));
    world.form(AS + "/token", "grant_type=authorization_code&code=" + user + resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer bobs-expired-token"})
  void aRequestWithoutAKnownTokenIsNobodys(String bobs) {
    at.server(GOOD, Places.document(GOOD), "alice-token-1");
    at.metadata(GOOD, GOOD, AS);
    at.issuer(AS, AS + "/token", "");
    at.discover(GOOD, AS);
    logIn("alice");
    assertThat(at.call(GOOD, "Authorization", "Bearer alice-token-1").status()).isEqualTo(200);
    world.findings.clear();
    Reply bob = bobs.isEmpty() ? at.call(GOOD) : at.call(GOOD, "Authorization", bobs);
    assertThat(bob.status()).isEqualTo(401);
    assertThat(at.tokensAt(GOOD)).filteredOn("Bearer alice-token-1"::equals).hasSize(1);
    assertThat(world.findings).noneMatch(each -> each.rule().equals("stale-token-after-auth"));
  }

  @Test
  void aMissingScopeIsNotMadeUpForWithAnothersToken() {
    at.server(GOOD, Places.document(GOOD), "admin-token-1");
    at.metadata(GOOD, GOOD, AS);
    at.issuer(AS, AS + "/token", "");
    at.discover(GOOD, AS);
    logIn("reader");
    Function<Sent, Reply> guarded = Objects.requireNonNull(at.places.get(GOOD));
    at.places.put(
        GOOD,
        sent ->
            "Bearer reader-token-1".equals(sent.header("Authorization"))
                ? Reply.of(
                    sent.says("initialize") ? 200 : 403,
                    sent.says("initialize") ? RESULT : "",
                    "WWW-Authenticate",
                    "Bearer error=\"insufficient_scope\", scope=\"admin\"")
                : guarded.apply(sent));
    at.connect(GOOD, "Authorization", "Bearer reader-token-1");
    logIn("admin");
    Reply seen = at.call(GOOD, "Authorization", "Bearer reader-token-1");
    assertThat(seen.status()).isEqualTo(403);
    assertThat(at.tokensAt(GOOD)).containsOnly("Bearer reader-token-1");
  }

  /** What an authorization server names as its endpoint may be a server of somebody else. */
  @Test
  void aStreamIsMcpWhateverAnAuthorizationServerSaysOfItsUrl() {
    String stream = "https://old.example/sse";
    String lie =
        OAuthServer.metadata(FixWorld.AS)
            .replace(FixWorld.AS + "/token", "https://old.example/sse");
    FixWorld world =
        FixWorld.all(
            FixMode.OFF,
            sent -> {
              Reply document = sent.goesTo(OAuthServer.ASM) ? Reply.of(200, lie) : null;
              document = document == null ? OAuthServer.orNull(sent) : document;
              return document == null ? Reply.of(401, "") : document;
            });
    world.post(FixWorld.INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.host("GET", stream, "", "Accept", "text/html");
    assertThat(world.logged).noneMatch(line -> line.contains("old.example"));
    world.host("GET", stream, "", "Accept", "text/event-stream");
    assertThat(world.logged).contains(stream + " GET " + stream);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
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

  private final Map<String, Function<Sent, Reply>> places = new HashMap<>();
  private final FixWorld world = FixWorld.with(everyFix(), this::answer);

  private static Map<String, FixMode> everyFix() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  private Reply answer(Sent sent) {
    Function<Sent, Reply> place = places.get(sent.head().url().toString());
    return place == null ? Reply.of(404, "") : place.apply(sent);
  }

  /** A server that wants one of these tokens, and says where its metadata is. */
  private void server(String url, String hint, String... tokens) {
    places.put(
        url,
        sent -> {
          String carried = sent.header("Authorization");
          boolean taken =
              Arrays.stream(tokens).anyMatch(each -> ("Bearer " + each).equals(carried));
          return taken
              ? Reply.of(200, RESULT)
              : Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + hint + '"');
        });
  }

  private static String document(String server) {
    return server.replaceFirst("(https://[^/]+)", "$1/.well-known/oauth-protected-resource");
  }

  private void metadata(String server, String resource, String issuer) {
    places.put(
        document(server).replaceFirst("\\?.*", ""),
        sent -> Reply.of(200, OAuthServer.resource(resource, issuer)));
  }

  private void issuer(String issuer, String tokenEndpoint, String token) {
    places.put(
        issuer + "/.well-known/oauth-authorization-server",
        sent ->
            Reply.of(
                200,
                OAuthServer.metadata(issuer).replace(issuer + "/token\"", tokenEndpoint + '"')));
    places.put(tokenEndpoint, sent -> Reply.of(200, OAuthServer.token(token)));
  }

  private Reply connect(String url, String... headers) {
    return world.host("POST", url, INITIALIZE, FixWorld.mcp(headers));
  }

  private Reply call(String url, String... headers) {
    return world.host("POST", url, CALL, FixWorld.mcp(headers));
  }

  /** As far as an honest host goes before it asks for a token. */
  private void discover(String server, String issuer) {
    connect(server);
    world.get(document(server).replaceFirst("\\?.*", ""));
    world.get(issuer + "/.well-known/oauth-authorization-server");
  }

  private List<String> tokensAt(String url) {
    return world.wire.stream()
        .filter(sent -> sent.goesTo(url))
        .flatMap(sent -> Stream.ofNullable(sent.header("Authorization")))
        .toList();
  }

  @Test
  void aLoginThatNamesNoServerIsNobodys() {
    server(EVIL, document(EVIL));
    places.put(
        "https://idp.example/token", sent -> Reply.of(200, OAuthServer.token("app-token-1")));
    connect(EVIL);
    world.form("https://idp.example/token", CLIENT);
    call(EVIL);
    assertThat(tokensAt(EVIL)).isEmpty();
    assertThat(world.logged).noneMatch(line -> line.contains("idp.example"));
  }

  @Test
  void twoHonestServersEachWithClientCredentials() {
    String other = "https://other-as.example";
    server(EVIL, document(EVIL), "b-token-12345");
    server(GOOD, document(GOOD), "a-token-12345");
    metadata(EVIL, EVIL, other);
    metadata(GOOD, GOOD, AS);
    issuer(other, other + "/token", "b-token-12345");
    issuer(AS, AS + "/token", "a-token-12345");
    discover(GOOD, AS);
    discover(EVIL, other);
    world.form(AS + "/token", CLIENT + "-a");
    call(GOOD, "Authorization", "Bearer a-token-12345");
    call(EVIL);
    world.form(other + "/token", CLIENT + "-b");
    call(EVIL, "Authorization", "Bearer b-token-12345");
    call(GOOD);
    assertThat(tokensAt(EVIL)).containsOnly("Bearer b-token-12345");
    assertThat(tokensAt(GOOD)).containsOnly("Bearer a-token-12345");
  }

  @ParameterizedTest
  @CsvSource({"https://as.example, 1.3", "https://evil.example, 1.4"})
  void anAuthorizationServerOrEndpointThatTwoName(String named, String row) {
    server(EVIL, document(EVIL));
    server(GOOD, document(GOOD), "good-token-1");
    metadata(EVIL, EVIL, named);
    metadata(GOOD, GOOD, AS);
    issuer(AS, AS + "/token", "good-token-1");
    if (!named.equals(AS)) {
      issuer(named, AS + "/token", "good-token-1");
    }
    discover(GOOD, AS);
    discover(EVIL, named);
    world.form(AS + "/token", "grant_type=authorization_code&code=c&client_id=host");
    call(EVIL);
    call(GOOD, "Authorization", "Bearer good-token-1");
    call(EVIL);
    assertThat(tokensAt(EVIL)).as(row).isEmpty();
  }

  @Test
  void aStreamThatNamesAnotherServersUrl() {
    String sse = "https://evil.example/sse";
    places.put(
        sse,
        sent ->
            sent.head().method().equals("GET")
                ? Reply.of(
                    200, "event: endpoint\ndata: " + GOOD, "Content-Type", "text/event-stream")
                : Reply.of(401, ""));
    server(GOOD, document(GOOD), "good-token-1");
    world.host("GET", sse, "", "Accept", "text/event-stream");
    connect(GOOD, "Authorization", "Bearer good-token-1");
    call(sse);
    assertThat(tokensAt(sse)).isEmpty();
    assertThat(world.logged).contains(GOOD + " POST " + GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "https://one.example/evil/mcp, https://one.example/good/mcp, 1.6",
    "https://one.example/mcp?tenant=evil, https://one.example/mcp?tenant=good, 1.7"
  })
  void oneOriginIsNotOneOwner(String evil, String good, String row) {
    server(evil, document(evil));
    server(good, document(good), "good-token-1");
    metadata(evil, evil, AS);
    metadata(good, good, AS);
    issuer(AS, AS + "/token", "good-token-1");
    discover(good, AS);
    connect(evil);
    String resource = java.net.URLEncoder.encode(good, java.nio.charset.StandardCharsets.UTF_8);
    world.form(AS + "/token", "grant_type=authorization_code&code=c&resource=" + resource);
    call(evil);
    call(good, "Authorization", "Bearer good-token-1");
    call(evil);
    assertThat(tokensAt(evil)).as(row).isEmpty();
    assertThat(world.logged).contains(evil + " POST " + evil, good + " POST " + good);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 200})
  void aDocumentOfSomebodyElseIsNeitherAnsweredNorLookedUp(int status) {
    String account = "https://bank.example/account";
    server(EVIL, account);
    metadata(EVIL, EVIL, "https://evil.example");
    places.put(account, sent -> Reply.of(status, "<html>", "Content-Type", "text/html"));
    connect(EVIL);
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
    server(EVIL, how.equals("hint") ? MODEL : document(EVIL));
    metadata(EVIL, EVIL, "https://evil.example");
    issuer("https://evil.example", "https://evil.example/token", "t-12345678");
    String member = '"' + how + "\":\"" + MODEL + '"';
    places.put(
        "https://evil.example/.well-known/oauth-authorization-server",
        sent -> {
          String document = OAuthServer.metadata("https://evil.example");
          return Reply.of(
              200,
              document.contains('"' + how + '"')
                  ? document.replaceFirst('"' + how + "\":\"[^\"]*\"", member)
                  : document.replaceFirst("\\{", "{" + member + ","));
        });
    places.put(MODEL, sent -> Reply.of(200, "{}"));
    discover(EVIL, "https://evil.example");
    world.host("POST", MODEL, PROMPT, "Content-Type", "application/json");
    assertThat(world.last().body()).isEqualTo(PROMPT);
    assertThat(world.logged).noneMatch(line -> line.contains("model.example"));
    world.host("GET", MODEL, "", "Accept", "application/json");
    assertThat(world.logged).noneMatch(line -> line.contains("model.example"));
  }

  @Test
  void aServersUrlStaysItsOwnWhoeverNamesIt() {
    server(GOOD, document(GOOD), "good-token-1");
    places.put(
        EVIL,
        sent ->
            sent.says("initialize") && sent.header("X-Second") != null
                ? Reply.of(200, FixWorld.INITIALIZED)
                : Reply.of(
                    401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + GOOD + '"'));
    connect(EVIL);
    connect(EVIL, "X-Second", "1");
    call(GOOD, "Authorization", "Bearer good-token-1", "MCP-Protocol-Version", "2025-11-25");
    assertThat(world.last().header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
    assertThat(world.logged).contains(GOOD + " POST " + GOOD);
  }

  @Test
  void aLoginOfTheHostsOwnIsNotTakenDown() {
    server(EVIL, document(EVIL));
    connect(EVIL);
    places.put("https://idp.example/token", sent -> Reply.of(400, "{\"error\":\"invalid_grant\"}"));
    world.form("https://idp.example/token", "grant_type=authorization_code&code=c&client_id=web");
    assertThat(world.logged).noneMatch(line -> line.contains("idp.example"));
    assertThat(world.findings).noneMatch(each -> each.rule().startsWith("token-request"));
  }

  @Test
  void anotherClientsRequestIsNotChanged() {
    server(EVIL, document(EVIL) + "\", scope=\"evil:all");
    metadata(EVIL, EVIL, AS);
    issuer(AS, AS + "/token", "app-token-1");
    discover(EVIL, AS);
    world.form(AS + "/token", CLIENT);
    assertThat(world.last().body()).isEqualTo(CLIENT);
    call(EVIL);
    assertThat(tokensAt(EVIL)).isEmpty();
  }

  private void logIn(String user) {
    String resource = "&resource=https%3A%2F%2Fgood.example%2Fmcp";
    places.put(AS + "/token", sent -> Reply.of(200, OAuthServer.token(user + "-token-1")));
    world.form(AS + "/token", "grant_type=authorization_code&code=" + user + resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer bobs-expired-token"})
  void aRequestWithoutAKnownTokenIsNobodys(String bobs) {
    server(GOOD, document(GOOD), "alice-token-1");
    metadata(GOOD, GOOD, AS);
    issuer(AS, AS + "/token", "");
    discover(GOOD, AS);
    logIn("alice");
    assertThat(call(GOOD, "Authorization", "Bearer alice-token-1").status()).isEqualTo(200);
    world.findings.clear();
    Reply bob = bobs.isEmpty() ? call(GOOD) : call(GOOD, "Authorization", bobs);
    assertThat(bob.status()).isEqualTo(401);
    assertThat(tokensAt(GOOD)).filteredOn("Bearer alice-token-1"::equals).hasSize(1);
    assertThat(world.findings).noneMatch(each -> each.rule().equals("stale-token-after-auth"));
  }

  @Test
  void aMissingScopeIsNotMadeUpForWithAnothersToken() {
    server(GOOD, document(GOOD), "admin-token-1");
    metadata(GOOD, GOOD, AS);
    issuer(AS, AS + "/token", "");
    discover(GOOD, AS);
    logIn("reader");
    Function<Sent, Reply> guarded = Objects.requireNonNull(places.get(GOOD));
    places.put(
        GOOD,
        sent ->
            "Bearer reader-token-1".equals(sent.header("Authorization"))
                ? Reply.of(
                    sent.says("initialize") ? 200 : 403,
                    sent.says("initialize") ? RESULT : "",
                    "WWW-Authenticate",
                    "Bearer error=\"insufficient_scope\", scope=\"admin\"")
                : guarded.apply(sent));
    connect(GOOD, "Authorization", "Bearer reader-token-1");
    logIn("admin");
    Reply seen = call(GOOD, "Authorization", "Bearer reader-token-1");
    assertThat(seen.status()).isEqualTo(403);
    assertThat(tokensAt(GOOD)).containsOnly("Bearer reader-token-1");
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose token it is, and what is bound to a proof. */
class TokenSafetyTest {

  private static final String STALE = "stale-token-after-auth";
  private static final String RACE = "refresh-token-race";
  private static final String REFRESH =
      "grant_type=refresh_token&refresh_token=r1&resource=https%3A%2F%2Fmcp.example%2Fmcp";

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String payload = base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "eyJhbGciOiJub25lIn0." + payload + ".c2ln";
  }

  /** Issues tokens by the code or refresh token; refuses those that were revoked. */
  private static final class Server {
    final Map<String, String> tokens = new HashMap<>();
    final Map<String, Boolean> revoked = new HashMap<>();
    int answers = 200;
    int refreshes;

    Reply answer(Sent sent) {
      if (sent.goesTo(OAuthServer.TOKEN)) {
        refreshes += sent.says("refresh_token=") ? 1 : 0;
        String grant = sent.body().replaceAll(".*(?:code|refresh_token)=(\\w+).*", "$1");
        String token = tokens.getOrDefault(grant, "token-of-" + grant);
        return answers == 200
            ? Reply.of(200, OAuthServer.token(token).replace("}", ",\"refresh_token\":\"r1\"}"))
            : Reply.of(answers, "{\"error\":\"temporarily_unavailable\"}");
      }
      Reply oauth = OAuthServer.orNull(sent);
      if (oauth != null) {
        return oauth;
      }
      @Nullable String carried = sent.header("Authorization");
      boolean refused = carried == null || revoked.containsKey(carried.replace("Bearer ", ""));
      return refused ? Reply.of(401, "", "WWW-Authenticate", "Bearer") : Reply.of(200, RESULT);
    }

    FixWorld world(String rule) {
      FixWorld world = FixWorld.with(rule, this::answer);
      world.post(INITIALIZE);
      world.get(OAuthServer.PRM_PATH);
      world.get(OAuthServer.ASM);
      world.reports.clear();
      return world;
    }
  }

  private static void logIn(FixWorld world, String code) {
    String form = "grant_type=authorization_code&resource=https%3A%2F%2Fmcp.example%2Fmcp&code=";
    world.form(OAuthServer.TOKEN, form + code);
  }

  private static void list(FixWorld world, String token, int status) {
    assertThat(world.post(LIST, "Authorization", "Bearer " + token).status()).isEqualTo(status);
  }

  @Test
  void aUsersCallDoesNotLeaveWithAnotherUsersToken() {
    Server server = new Server();
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
    Server server = new Server();
    String old = jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}");
    server.tokens.put(
        "b", jwt("{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"" + newest + "\"}"));
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
    Server server = new Server();
    server.tokens.put("a", jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}"));
    String forged = jwt("{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"alice\"}");
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
        Map.of("a", jwt(alice + "1\"}"), "b", jwt(alice + "2\"}"), "c", jwt(alice + "3\"}"));
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
        "{\"azp\":\"other\"}; 200",
        "{\"scope\":\"a b\"}; 200"
      })
  void oneUserOfTwoTenantsOrThroughADelegateIsTwo(String more, int status) {
    String alice = "{\"iss\":\"https://as.example\",\"sub\":\"alice\",";
    Server server = new Server();
    server.tokens.put("a", jwt(alice + more.substring(1)));
    server.tokens.put("b", jwt(alice + "\"jti\":\"2\"}"));
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
    Server server = new Server();
    server.tokens.put("a", jwt("{\"iss\":\"https://as.example\",\"sub\":\"alice\"}"));
    String forged = jwt("{\"iss\":\"https://as.example\",\"jti\":\"2\",\"sub\":\"alice\"}");
    server.revoked.put(forged, true);
    FixWorld world = server.world(STALE);
    logIn(world, "a");
    list(world, forged, 401);
  }

  @Test
  void aRefreshedTokenIsTheSameUsersWhateverElseIsInUse() {
    Server server = new Server();
    FixWorld world = server.world(STALE);
    logIn(world, "alice");
    world.form(OAuthServer.TOKEN, REFRESH);
    list(world, "token-of-alice", 200);
    list(world, "token-of-somebody", 200);
    server.revoked.put("token-of-alice", true);
    list(world, "token-of-alice", 200);
    assertThat(world.last().header("Authorization")).isEqualTo("Bearer token-of-r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"request-headers-rejected", "session-lost", "redirect-broke-request"})
  void aRequestWithABoundTokenIsNotRepeated(String rule) {
    String bound = "Bearer " + jwt("{\"cnf\":{\"x5t#S256\":\"x\"}}");
    for (String[] proof :
        new String[][] {
          {"Authorization", bound},
          {"Authorization", "Digest username=u"},
          {"Signature", "sig=:x:"}
        }) {
      FixWorld world =
          FixWorld.with(
              rule,
              sent ->
                  sent.says("initialize")
                      ? Reply.of(200, FixWorld.INITIALIZED, "Mcp-Session-Id", "s1")
                      : sent.header("baggage") != null
                          ? Reply.of(431, "")
                          : sent.header("X-Moved") != null && sent.goesTo(MCP)
                              ? Reply.of(307, "", "Location", "/mcp/")
                              : Reply.of(404, ""));
      world.post(INITIALIZE, proof[0], proof[1]);
      String cause = rule.startsWith("request") ? "baggage" : "X-Other";
      cause = rule.startsWith("redirect") ? "X-Moved" : cause;
      world.post(CALL, proof[0], proof[1], "Mcp-Session-Id", "s1", cause, "1");
      assertThat(world.wire).hasSize(2);
      assertThat(world.skipped()).singleElement().asString().contains("bound to a proof");
    }
  }

  /** A server that passes another one's resource off as its own gets no token for it. */
  @Test
  void aServerThatNamesAnothersResourceGetsNoTokenForIt() {
    Map<String, FixMode> fixes = Map.of(STALE, FixMode.ON, "token-request-rejected", FixMode.ON);
    FixWorld world =
        FixWorld.with(
            fixes,
            sent -> {
              Reply oauth = OAuthServer.orNull(sent);
              boolean prm = sent.goesTo(OAuthServer.PRM_PATH);
              String resource = OAuthServer.resource("https://victim.example/mcp", FixWorld.AS);
              return prm ? Reply.of(200, resource) : oauth == null ? Reply.of(401, "") : oauth;
            });
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.form(OAuthServer.TOKEN, "grant_type=authorization_code&code=c");
    assertThat(world.last().body()).doesNotContain("resource=");
    String victim = "&resource=https%3A%2F%2Fvictim.example%2Fmcp";
    world.form(OAuthServer.TOKEN, "grant_type=authorization_code&code=c" + victim);
    world.post(LIST);
    assertThat(world.wire)
        .filteredOn(sent -> sent.goesTo(MCP))
        .allMatch(sent -> sent.header("Authorization") == null);
    assertThat(world.applied()).isEmpty();
  }

  @Test
  void anIssuersDocumentIsTakenFromTheIssuerOnly() {
    String other = "https://other.example";
    FixWorld world =
        FixWorld.with(
            "authorization-server-metadata-unavailable",
            sent ->
                sent.goesTo(OAuthServer.PRM_PATH)
                    ? Reply.of(200, OAuthServer.resource(MCP, FixWorld.AS + "\",\"" + other))
                    : sent.goesTo(FixWorld.AS + "/.well-known/openid-configuration")
                        ? Reply.of(200, OAuthServer.metadata(other))
                        : Reply.of(sent.goesTo(MCP) ? 401 : 404, ""));
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    assertThat(world.get(OAuthServer.ASM).status()).isEqualTo(404);
  }

  @Test
  void refreshesWithAProofAreEachSent() {
    Server server = new Server();
    FixWorld world = server.world(RACE);
    world.form(OAuthServer.TOKEN, REFRESH, "DPoP", "proof-1");
    world.form(OAuthServer.TOKEN, REFRESH, "DPoP", "proof-1");
    assertThat(server.refreshes).isEqualTo(2);
    assertThat(world.reports).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Client-Secret", "Cookie"})
  void refreshesOfClientsThatAuthenticateDifferentlyAreEachSent(String header) {
    Server server = new Server();
    FixWorld world = server.world(RACE);
    world.form(OAuthServer.TOKEN, REFRESH, header, "one");
    world.form(OAuthServer.TOKEN, REFRESH, header, "two");
    assertThat(server.refreshes).isEqualTo(2);
    world.form(OAuthServer.TOKEN, REFRESH, header, "two");
    assertThat(server.refreshes).isEqualTo(2);
  }

  @Test
  void aFaultOfTheServerIsNotServedFromMemory() {
    Server server = new Server();
    FixWorld world = server.world(RACE);
    server.answers = 503;
    assertThat(world.form(OAuthServer.TOKEN, REFRESH).status()).isEqualTo(503);
    server.answers = 200;
    assertThat(world.form(OAuthServer.TOKEN, REFRESH).status()).isEqualTo(200);
  }

  @Test
  void whatAChallengePointsToIsServedThoughAnotherFixIsInADryRun() {
    // Its own authorization server, without resource metadata: the document is made.
    String own = "https://mcp.example";
    FixWorld world =
        FixWorld.with(
            Map.of(
                "forbidden-on-connect", FixMode.ON,
                "missing-resource-metadata", FixMode.DRY_RUN,
                "authorization-server-metadata-unavailable", FixMode.DRY_RUN),
            sent ->
                sent.goesTo(own + "/.well-known/oauth-authorization-server")
                    ? Reply.of(200, OAuthServer.metadata(own))
                    : sent.goesTo(MCP) ? Reply.of(403, "please log in") : Reply.of(404, ""));
    assertThat(world.post(INITIALIZE).status()).isEqualTo(401);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains("authorization_servers");
    assertThat(world.get(own + "/.well-known/openid-configuration").body()).contains("issuer");
  }
}

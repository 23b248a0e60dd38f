package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fixes leave alone where they ask for tokens and documents: proofs, others, faults. */
class TokenRequestSafetyTest {

  private static final String STALE = "stale-token-after-auth";
  private static final String RACE = "refresh-token-race";
  private static final String REFRESH =
      "grant_type=refresh_token&refresh_token=r1&resource=https%3A%2F%2Fmcp.example%2Fmcp";

  @ParameterizedTest
  @ValueSource(strings = {"request-headers-rejected", "session-lost", "redirect-broke-request"})
  void aRequestWithABoundTokenIsNotRepeated(String rule) {
    String bound = "Bearer " + TokenServer.jwt("{\"cnf\":{\"x5t#S256\":\"x\"}}");
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
    TokenServer server = new TokenServer();
    FixWorld world = server.world(RACE);
    world.form(OAuthServer.TOKEN, REFRESH, "DPoP", "proof-1");
    world.form(OAuthServer.TOKEN, REFRESH, "DPoP", "proof-1");
    assertThat(server.refreshes).isEqualTo(2);
    assertThat(world.reports).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Client-Secret", "Cookie"})
  void refreshesOfClientsThatAuthenticateDifferentlyAreEachSent(String header) {
    TokenServer server = new TokenServer();
    FixWorld world = server.world(RACE);
    world.form(OAuthServer.TOKEN, REFRESH, header, "one");
    world.form(OAuthServer.TOKEN, REFRESH, header, "two");
    assertThat(server.refreshes).isEqualTo(2);
    world.form(OAuthServer.TOKEN, REFRESH, header, "two");
    assertThat(server.refreshes).isEqualTo(2);
  }

  @Test
  void aFaultOfTheServerIsNotServedFromMemory() {
    TokenServer server = new TokenServer();
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

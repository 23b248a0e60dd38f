package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fix remembers and serves is served no longer once a host that believed it has failed. */
class WhatFailsIsDroppedTest {

  private static final String OWN = "https://mcp.example";
  private static final String METADATA = OWN + "/.well-known/oauth-authorization-server";
  private static final String REGISTER = OWN + "/register";
  private static final String TOKEN = OWN + "/token";

  private final Map<String, Reply> answers = new HashMap<>();

  private Reply answer(FixWorld.Sent sent) {
    Reply known = answers.get(sent.head().url().toString());
    return known != null
        ? known
        : Reply.of(sent.goesTo(FixWorld.MCP) ? 401 : 404, "", "WWW-Authenticate", "Bearer");
  }

  /** A server that is its own authorization server, and whose documents are made of that. */
  private FixWorld served() {
    String document =
        OAuthServer.metadata(OWN).replace("{", "{\"registration_endpoint\":\"" + REGISTER + "\",");
    answers.put(METADATA, Reply.of(200, document));
    FixWorld world =
        FixWorld.with(
            Map.of(
                "missing-resource-metadata",
                FixMode.ON,
                "authorization-server-metadata-unavailable",
                FixMode.ON),
            this::answer);
    world.post(INITIALIZE);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains("authorization_servers");
    assertThat(world.get(METADATA).status()).isEqualTo(200);
    answers.remove(METADATA);
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(200);
    assertThat(world.get(METADATA).status()).isEqualTo(200);
    return world;
  }

  @Test
  void aDocumentThatLedNowhereIsNotServedAgain() {
    aDocumentIsDroppedWhereALegOfItIsMissing(404, REGISTER, true);
  }

  @ParameterizedTest
  @CsvSource({
    "404, https://mcp.example/register, true",
    "410, https://mcp.example/register, true",
    "405, https://mcp.example/register, true",
    "501, https://mcp.example/register, true",
    "404, https://mcp.example/token, true",
    "405, https://mcp.example/token, true",
    "400, https://mcp.example/register, false",
    "401, https://mcp.example/token, false",
    "503, https://mcp.example/token, false",
    "200, https://mcp.example/token, false"
  })
  void aDocumentIsDroppedWhereALegOfItIsMissing(int status, String leg, boolean dropped) {
    FixWorld world = served();
    answers.put(leg, Reply.of(status, ""));
    if (leg.equals(TOKEN)) {
      world.form(TOKEN, "grant_type=authorization_code&client_id=c&code=c");
    } else {
      world.register(REGISTER);
    }
    int expected = dropped ? 404 : 200;
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(expected);
    assertThat(world.get(METADATA).status()).isEqualTo(expected);
  }

  @Test
  void aLegThatBreaksSaysNothingOfTheDocument() {
    FixWorld world = served();
    answers.put(REGISTER, Reply.none(Failure.Kind.CLOSED));
    world.register(REGISTER);
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(200);
  }

  /** What is somebody else's says nothing of this server's documents. */
  @Test
  void anothersEndpointThatIsMissingDropsNothing() {
    FixWorld world = served();
    world.register("https://as.example/register");
    world.form("https://as.example/token", "grant_type=authorization_code&client_id=c&code=c");
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(200);
  }

  @Test
  void aDocumentThatTheServerHasByNowComesFromTheServer() {
    FixWorld world = served();
    answers.put(
        OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(FixWorld.MCP, FixWorld.AS)));
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains(FixWorld.AS);
  }

  /** A place where there was nothing is asked again as soon as there is something. */
  @Test
  void aNegativeResultEndsWithThePositiveOne() {
    FixWorld world = FixWorld.with("missing-resource-metadata", this::answer);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.later(Duration.ofSeconds(1));
    answers.put(
        OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(FixWorld.MCP, FixWorld.AS)));
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains(FixWorld.AS);
    answers.remove(OAuthServer.PRM_PATH);
    world.wire.clear();
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).contains(OAuthServer.PRM_PATH);
    assertThat(world.wire).hasSize(1);
  }
}

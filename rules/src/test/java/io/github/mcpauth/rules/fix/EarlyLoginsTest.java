package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.AS;
import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static io.github.mcpauth.rules.fix.OAuthServer.RESOURCE;
import static io.github.mcpauth.rules.fix.OAuthServer.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that asks for its tokens before it speaks to any MCP server, as services do. */
class EarlyLoginsTest {

  private static final String REFRESH = "grant_type=refresh_token&client_id=host&refresh_token=r";

  private final Set<String> revoked = new HashSet<>();
  private boolean refuses = true;

  private Reply answer(Sent sent) {
    if (sent.head().url().getPath().equals("/token")) {
      return refuses
          ? Reply.of(400, "{\"error\":\"invalid_grant\"}")
          : Reply.of(200, OAuthServer.token("early-token-" + sent.body().length()));
    }
    String carried = sent.header("Authorization");
    if (sent.goesTo(MCP)) {
      return carried != null && !revoked.contains(carried)
          ? Reply.of(200, RESULT)
          : Reply.of(
              401,
              "",
              "WWW-Authenticate",
              "Bearer resource_metadata=\"" + OAuthServer.PRM_PATH + '"');
    }
    Reply document = OAuthServer.orNull(sent);
    return document == null ? Reply.of(404, "") : document;
  }

  private long told(FixWorld world) {
    return world.findings.stream()
        .map(Finding::rule)
        .filter("token-request-rejected"::equals)
        .count();
  }

  @Test
  void aRefusalIsToldOnceTheServerOfItsResourceTurnsUp() {
    FixWorld world = FixWorld.all(FixMode.OFF, this::answer);
    world.form(TOKEN, REFRESH + "&" + RESOURCE);
    assertThat(world.findings).isEmpty();
    assertThat(world.logged).isEmpty();
    world.post(INITIALIZE);
    assertThat(told(world)).isEqualTo(1);
    world.post(INITIALIZE);
    assertThat(told(world)).as("once").isEqualTo(1);
  }

  @Test
  void aRefusalIsToldOnceAServerNamesItsIssuer() {
    FixWorld world = FixWorld.all(FixMode.OFF, this::answer);
    world.form(TOKEN, REFRESH);
    world.post(INITIALIZE);
    assertThat(told(world)).isZero();
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    assertThat(told(world)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://idp.example/token", "https://mcp.example.evil.example/token"})
  void aRefusalOfAnotherIssuerIsNobodys(String endpoint) {
    FixWorld world = FixWorld.all(FixMode.OFF, this::answer);
    world.form(endpoint, REFRESH);
    world.post(INITIALIZE);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    assertThat(told(world)).isZero();
  }

  @Test
  void aLoginThatSucceedsAfterwardsDisprovesIt() {
    FixWorld world = FixWorld.all(FixMode.OFF, this::answer);
    world.form(TOKEN, REFRESH + "&" + RESOURCE);
    refuses = false;
    world.form(TOKEN, "grant_type=authorization_code&client_id=host&code=c&" + RESOURCE);
    world.post(INITIALIZE);
    assertThat(told(world)).isZero();
  }

  /**
   * Its token in an MCP request says whose an early login is; then it stands in for its old one.
   */
  @Test
  void anEarlyLoginIsAttachedWhereItsTokenIsTaken() {
    refuses = false;
    FixWorld world = FixWorld.with("stale-token-after-auth", this::answer);
    String grant = "grant_type=authorization_code&client_id=host&code=c";
    String old = "Bearer early-token-" + grant.length();
    world.form(AS + "/token", grant);
    assertThat(world.logged).isEmpty();
    assertThat(world.post(INITIALIZE, "Authorization", old).status()).isEqualTo(200);
    revoked.add(old);
    assertThat(world.post(CALL, "Authorization", old).status()).as("no newer one").isEqualTo(401);
    assertThat(world.applied()).isEmpty();
  }

  /** The document that a host has before it calls the server says who issues its tokens. */
  @ParameterizedTest
  @CsvSource({"https://as.example/token, 200", "https://thief.example/token, 401"})
  void aTokenOfAnIssuerThatAnEarlyDocumentDoesNotNameIsNoTokenOfTheServer(
      String endpoint, int seen) {
    refuses = false;
    FixWorld world = FixWorld.forOneUser("stale-token-after-auth", this::answer);
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    world.post(INITIALIZE);
    world.form(endpoint, "grant_type=authorization_code&client_id=host&code=c&" + RESOURCE);
    assertThat(world.post(INITIALIZE).status()).isEqualTo(seen);
  }
}

package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What somebody says of other people's URLs and documents is not enough. Each of these is one
 * guard's; {@link Guards} names it, and {@link GuardsTest} shows that it is missed.
 */
class ProvenanceGuardsTest {

  private static final String AS = FixWorld.AS;
  private static final String VICTIM = "https://victim.example/mcp";
  private static final String BANK = "https://bank.example/token";
  private static final String CODE = "grant_type=authorization_code&client_id=host&code=";

  private final GuardedServers servers = new GuardedServers();

  @Test
  void aDocumentElsewhereThatNamesSomebodyElseIsNotTheServers() {
    String hint = "https://victim.example/document";
    servers.answers.put(
        MCP, Reply.of(401, "", "WWW-Authenticate", "Bearer resource_metadata=\"" + hint + '"'));
    servers.answers.put(hint, Reply.of(200, OAuthServer.resource(VICTIM, AS)));
    FixWorld world = servers.several();
    world.post(INITIALIZE);
    world.get(hint);
    assertThat(world.logged).noneMatch(line -> line.endsWith(hint));
    servers.answers.put(hint, Reply.of(200, OAuthServer.resource(MCP, AS)));
    world.get(hint);
    assertThat(world.logged).contains(MCP + " GET " + hint);
  }

  /** A host that takes the fix's word for it would log in there, and bring the token here. */
  @Test
  void aDocumentOfAnotherServerInTheOriginIsNotTheServers() {
    String root = OAuthServer.PRM_ROOT;
    servers.answers.put(MCP, Reply.of(401, "", "WWW-Authenticate", "Bearer"));
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(404, ""));
    servers.answers.put(root, Reply.of(200, OAuthServer.resource(MCP + "/of-another", AS)));
    FixWorld world = servers.several();
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(404);
    world.later(Duration.ofHours(2));
    servers.answers.put(root, Reply.of(200, OAuthServer.resource("https://mcp.example", AS)));
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).contains(root);
  }

  @Test
  void aDocumentThatNamesAnotherIssuerNamesNoEndpointElsewhere() {
    String lies = OAuthServer.metadata("https://other.example");
    servers.answers.put(
        OAuthServer.ASM, Reply.of(200, lies.replace("https://other.example/token", BANK)));
    servers.answers.put(BANK, Reply.of(200, OAuthServer.token("token-of-the-bank")));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.form(BANK, CODE + "c");
    assertThat(world.logged).isEmpty();
    servers.answers.put(
        OAuthServer.ASM, Reply.of(200, OAuthServer.metadata(AS).replace(OAuthServer.TOKEN, BANK)));
    world.get(OAuthServer.ASM);
    world.form(BANK, CODE + "c");
    assertThat(world.logged).contains(MCP + " POST " + BANK);
  }

  @Test
  void whoNamesAnothersEndpointElsewhereDoesNotBecomeItsUser() {
    String evil = "https://evil.example/mcp";
    String issuer = "https://evil.example";
    servers.answers.put(
        issuer + "/.well-known/oauth-protected-resource/mcp",
        Reply.of(200, OAuthServer.resource(evil, issuer)));
    String metadata = issuer + "/.well-known/oauth-authorization-server";
    servers.answers.put(
        metadata,
        Reply.of(200, OAuthServer.metadata(issuer).replace(issuer + "/token", OAuthServer.TOKEN)));
    FixWorld world = GuardedServers.discovered(servers.several());
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
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(VICTIM, AS)));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.register(OAuthServer.REGISTER);
    world.form(OAuthServer.TOKEN, CODE.replace("host", "client-1") + "c");
    assertThat(world.last().body()).doesNotContain("resource=");
  }

  /**
   * A host keeps what it knows of an authorization server, and its client there: nobody asks again.
   */
  @Test
  void aClientThatMayByNowBeUsedForAnotherServerIsNotTheFirstOnes() {
    FixWorld world = GuardedServers.discovered(servers.several());
    world.register(OAuthServer.REGISTER);
    String login = CODE.replace("host", "client-1");
    world.form(OAuthServer.TOKEN, login + "c");
    assertThat(world.last().body()).contains("resource=");
    String good = "https://good.example/mcp";
    String document = "https://good.example/.well-known/oauth-protected-resource/mcp";
    servers.answers.put(document, Reply.of(200, OAuthServer.resource(good, "https://own.example")));
    world.host("POST", good, INITIALIZE, FixWorld.mcp());
    world.get(document);
    world.form(OAuthServer.TOKEN, login + "d");
    assertThat(world.last().body()).contains("resource=");
    servers.answers.put(document, Reply.of(200, OAuthServer.resource(good, AS)));
    world.get(document);
    world.form(OAuthServer.TOKEN, login + "e");
    assertThat(world.last().body()).doesNotContain("resource=");
  }

  @Test
  void aResourceThatNamesAnotherServerInTheOriginTooIsNotAdded() {
    String origin = "https://mcp.example";
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(origin, AS)));
    FixWorld world = GuardedServers.discovered(servers.several());
    world.register(OAuthServer.REGISTER);
    String login = CODE.replace("host", "client-1");
    world.form(OAuthServer.TOKEN, login + "c");
    assertThat(world.last().body()).contains("resource=");
    String document = origin + "/.well-known/oauth-protected-resource/other";
    servers.answers.put(
        document, Reply.of(200, OAuthServer.resource(origin + "/other", "https://own.example")));
    world.host("POST", origin + "/other", INITIALIZE, FixWorld.mcp());
    world.get(document);
    world.form(OAuthServer.TOKEN, login + "d");
    assertThat(world.last().body()).doesNotContain("resource=");
  }

  @Test
  void aRequestToAnotherHostAtTheSameAddressIsAnotherServers() {
    servers.takes.put(MCP, "new-token-1234567");
    FixWorld world = GuardedServers.discovered(servers.one());
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
    servers.takes.put(called[0], "new-token-1234567");
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
                            : servers.answer(sent))
            .following();
    servers.answers.put(
        OAuthServer.TOKEN,
        Reply.of(200, OAuthServer.token("old-token").replace("}", ",\"refresh_token\":\"r1\"}")));
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(200, OAuthServer.resource(called[0], AS)));
    world.host("POST", called[0], INITIALIZE, FixWorld.mcp());
    world.get(OAuthServer.PRM_PATH);
    world.get(OAuthServer.ASM);
    String resource = "&resource=https%3A%2F%2Fmcp.example%2Fmcp%3Ft%3Da";
    world.form(OAuthServer.TOKEN, CODE + "c" + resource);
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    servers.takes.put(MCP, "newest-token");
    servers.takes.put(MCP + "/?t=a", "newest-token");
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
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(404, ""));
    FixWorld world = FixWorld.with("missing-resource-metadata", servers::answer);
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
    servers.challenges = false;
    servers.answers.put(OAuthServer.PRM_PATH, Reply.of(404, ""));
    servers.answers.put(OAuthServer.PRM_ROOT, Reply.of(404, ""));
    servers.answers.put(metadata, Reply.of(200, OAuthServer.metadata(own)));
    FixWorld world = servers.several();
    world.post(INITIALIZE);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains("authorization_servers");
    servers.answers.remove(metadata);
    world.later(io.github.mcpauth.rules.knowledge.DocumentsFromMemory.KEPT.minusSeconds(1));
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(200);
    world.later(Duration.ofSeconds(2));
    assertThat(world.get(OAuthServer.PRM_PATH).status()).isEqualTo(404);
  }
}

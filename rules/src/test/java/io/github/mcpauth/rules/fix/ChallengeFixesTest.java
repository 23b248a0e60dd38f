package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenges that hosts can use, made of what servers say and have. */
class ChallengeFixesTest {

  private static final String MISSING = "missing-resource-metadata";
  private static final String FORBIDDEN = "forbidden-on-connect";
  private static final String DOCUMENT = OAuthServer.resource(MCP, FixWorld.AS);

  private static FixWorld world(String rule, int status, String challenge, String... places) {
    return FixWorld.with(
        rule,
        sent -> {
          for (int i = 0; i < places.length; i += 2) {
            if (sent.goesTo(places[i])) {
              return Reply.of(200, places[i + 1]);
            }
          }
          if (!sent.goesTo(MCP)) {
            return Reply.of(404, "");
          }
          return challenge.isEmpty()
              ? Reply.of(status, "please log in")
              : Reply.of(status, "please log in", "WWW-Authenticate", challenge);
        });
  }

  @Test
  void aHintThatCannotBeReachedIsReplacedOnceThatIsKnown() {
    String hint = "https://down.example/metadata";
    FixWorld world =
        FixWorld.with(
            MISSING,
            sent ->
                sent.goesTo(hint)
                    ? Reply.of(0, "")
                    : sent.goesTo(OAuthServer.PRM_PATH)
                        ? Reply.of(200, DOCUMENT)
                        : Reply.of(
                            401,
                            "",
                            "WWW-Authenticate",
                            "Bearer resource_metadata=\"" + hint + '"'));
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).contains(hint);
    world.get(hint);
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate"))
        .isEqualTo("Bearer resource_metadata=\"" + OAuthServer.PRM_PATH + '"');
  }

  @Test
  void theHintNamesTheDocumentThatIsThereAndComesFirst() {
    FixWorld world =
        FixWorld.with(
            MISSING,
            sent ->
                sent.goesTo(OAuthServer.PRM_ROOT)
                    ? Reply.of(200, DOCUMENT)
                    : sent.goesTo(MCP)
                        ? Reply.of(
                            401,
                            "",
                            "WWW-Authenticate",
                            "Basic realm=x",
                            "WWW-Authenticate",
                            "Bearer error=\"invalid_token\"")
                        : Reply.of(404, ""));
    Reply seen = world.post(INITIALIZE);
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.headers().all("WWW-Authenticate"))
        .containsExactly(
            "Bearer resource_metadata=\"" + OAuthServer.PRM_ROOT + "\", error=\"invalid_token\"",
            "Basic realm=x");
    assertThat(world.lines())
        .containsExactly(
            "POST " + MCP, "GET " + OAuthServer.PRM_PATH, "GET " + OAuthServer.PRM_ROOT);
    assertThat(world.applied()).containsExactly(MISSING);
  }

  @Test
  void aServerWithoutAnyMetadataIsLeftToTheHostsOwnFallback() {
    FixWorld world = world(MISSING, 401, "Bearer");
    assertThat(world.post(INITIALIZE).headers().all("WWW-Authenticate")).containsExactly("Bearer");
    assertThat(world.skipped()).hasSize(1).first().asString().contains("neither");
    assertThat(world.wire).hasSize(4);
  }

  @Test
  void aServerThatIsItsOwnAuthorizationServerGetsBothDocumentsFromMemory() {
    String root = "https://mcp.example/.well-known/oauth-authorization-server";
    String issuer = "https://mcp.example/oauth";
    FixWorld world = world(MISSING, 401, "", root, OAuthServer.metadata(issuer));
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).contains(OAuthServer.PRM_PATH);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).contains(issuer).contains(MCP);
    Reply metadata = world.get(root + "/oauth");
    assertThat(metadata.status()).isEqualTo(200);
    assertThat(metadata.body()).isEqualTo(OAuthServer.metadata(issuer));
  }

  @Test
  void anAuthorizationServerInAnotherOriginIsNotMadeTheServersOwn() {
    String root = "https://mcp.example/.well-known/oauth-authorization-server";
    FixWorld world = world(MISSING, 401, "", root, OAuthServer.metadata(FixWorld.AS));
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'Bearer resource_metadata=\"/.well-known/oauth-protected-resource/mcp\"'",
    "'Bearer resource_metadata=\"http://mcp.example/.well-known/oauth-protected-resource/mcp\"'",
    "'Basic realm=x, Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\"'"
  })
  void aHintThatHostsMissIsMadeUsable(String challenge) {
    FixWorld world = world(MISSING, 401, challenge);
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate"))
        .startsWith("Bearer resource_metadata=\"" + OAuthServer.PRM_PATH + '"');
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void aHintThatLeadsNowhereIsReplacedOnceThatIsKnown() {
    String hint = "https://mcp.example/wrong/place/.well-known/oauth-protected-resource";
    FixWorld world =
        world(
            MISSING,
            401,
            "Bearer resource_metadata=\"" + hint + '"',
            OAuthServer.PRM_PATH,
            DOCUMENT);
    world.post(INITIALIZE);
    assertThat(world.applied()).isEmpty();
    assertThat(world.get(hint).body()).isEqualTo(DOCUMENT);
    assertThat(world.post(INITIALIZE).header("WWW-Authenticate")).contains(OAuthServer.PRM_PATH);
  }

  @Test
  void aWellKnownUrlThatAnswersAPageIsAnsweredWithTheDocumentElsewhere() {
    FixWorld world =
        FixWorld.with(
            MISSING,
            sent ->
                sent.goesTo(OAuthServer.PRM_ROOT)
                    ? Reply.of(200, DOCUMENT)
                    : sent.goesTo(MCP)
                        ? Reply.of(401, "")
                        : Reply.of(200, "<html>", "Content-Type", "text/html"));
    world.post(INITIALIZE);
    assertThat(world.get(OAuthServer.PRM_PATH).body()).isEqualTo(DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRequestWithACredentialIsNeverTouched(int status) {
    FixWorld world = FixWorld.all(FixMode.ON, sent -> Reply.of(status, "login"));
    Reply seen = world.post(INITIALIZE, "Authorization", "Bearer abcdefgh12345678");
    assertThat(seen).isEqualTo(Reply.of(status, "login"));
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void a403ThatMeansLogInBecomesA401AndANoteRemains() {
    FixWorld world = world(FORBIDDEN, 403, "", OAuthServer.PRM_PATH, DOCUMENT);
    Reply seen = world.post(INITIALIZE);
    assertThat(seen.status()).isEqualTo(401);
    assertThat(seen.header("WWW-Authenticate")).contains(OAuthServer.PRM_PATH);
    assertThat(seen.body()).isEqualTo("please log in");
    assertThat(world.findings).hasSize(1);
    assertThat(world.findings.get(0).severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void anUnexplained403IsOnlyRewrittenByItsOwnProperty() {
    FixWorld safe = FixWorld.all(FixMode.ON, sent -> Reply.of(403, ""));
    assertThat(safe.post(INITIALIZE).status()).isEqualTo(403);
    FixWorld own = FixWorld.with(FORBIDDEN, sent -> Reply.of(sent.goesTo(MCP) ? 403 : 404, ""));
    assertThat(own.post(INITIALIZE).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, '<html>log in</html>'",
    "text/plain, Invalid Host header",
    "text/plain, Invalid Origin"
  })
  void a403ThatIsNoQuestionOfLoginStaysA403(String type, String body) {
    FixWorld world = FixWorld.with(FORBIDDEN, sent -> Reply.of(403, body, "Content-Type", type));
    assertThat(world.post(INITIALIZE).status()).isEqualTo(403);
    assertThat(world.wire).hasSize(1);
  }

  @Test
  void theLookForDocumentsTakesNoCredentialAlong() {
    FixWorld world = world(MISSING, 401, "", OAuthServer.PRM_PATH, DOCUMENT);
    world.post(INITIALIZE, "Cookie", "sid=1");
    assertThat(world.last().header("Cookie")).isNull();
    assertThat(world.last().body()).isEmpty();
  }
}

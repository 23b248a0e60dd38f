package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that the server has forgotten, or ties to the token that opened them. */
class SessionFixesTest {

  private static final String LOST = "session-lost";
  private static final String STALE = "stale-session-after-auth";

  /** Opens sessions s1, s2, …; refuses those that it does not know. */
  private static final class Server {
    private final int status;
    private final String words;
    private final Set<String> known = new HashSet<>();
    private int opened;
    boolean opensNoMore;

    Server(int status, String words) {
      this.status = status;
      this.words = words;
    }

    void forget() {
      known.clear();
    }

    Reply answer(Sent sent) {
      if (sent.says("\"initialize\"")) {
        if (opensNoMore) {
          return Reply.of(503, "");
        }
        String id = "s" + ++opened;
        known.add(id);
        return Reply.of(200, INITIALIZED, "Mcp-Session-Id", id);
      }
      if (!known.contains(String.valueOf(sent.header("Mcp-Session-Id")))) {
        return Reply.of(status, words);
      }
      return sent.says("notifications/") ? Reply.of(202, "") : Reply.of(200, RESULT);
    }
  }

  private static FixWorld connected(String rule, Server server) {
    FixWorld world = FixWorld.with(rule, server::answer);
    world.post(INITIALIZE);
    world.post(LIST, "Mcp-Session-Id", "s1");
    return world;
  }

  @ParameterizedTest
  @CsvSource({
    "404, ''",
    "404, 'Session not found'",
    "400, ''",
    "400, 'Bad Request: No valid session ID provided'",
    "401, 'unknown session'",
    "403, 'session expired'",
    "500, 'session missing'"
  })
  void theRequestInFlightSucceedsInANewSession(int status, String words) {
    Server server = new Server(status, words);
    FixWorld world = connected(LOST, server);
    server.forget();
    assertThat(world.post(LIST, "Mcp-Session-Id", "s1").body()).isEqualTo(RESULT);
    assertThat(world.wire).hasSize(6);
    assertThat(world.wire.get(3).body()).isEqualTo(INITIALIZE);
    assertThat(world.wire.get(3).header("Mcp-Session-Id")).isNull();
    assertThat(world.wire.get(4).body()).contains("notifications/initialized");
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
    assertThat(world.applied()).containsExactly(LOST);
  }

  @Test
  void aHostThatNamesTheMethodInAHeaderHasSessionsAllTheSame() {
    Server server = new Server(404, "");
    FixWorld world = FixWorld.with(LOST, server::answer);
    world.post(INITIALIZE, "Mcp-Method", "initialize");
    server.forget();
    Reply seen = world.post(LIST, "Mcp-Session-Id", "s1", "Mcp-Method", "tools/list");
    assertThat(seen.body()).isEqualTo(RESULT);
  }

  @Test
  void theHostKeepsItsIdAndTheServerHearsItsOwn() {
    Server server = new Server(404, "");
    FixWorld world = connected(LOST, server);
    server.forget();
    world.post(LIST, "Mcp-Session-Id", "s1");
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(200);
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
    world.later(Duration.ofMinutes(6));
    server.forget();
    assertThat(world.post(LIST, "Mcp-Session-Id", "s1").status()).isEqualTo(200);
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s3");
    world.host("DELETE", MCP, "", "Mcp-Session-Id", "s1");
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s3");
  }

  @Test
  void aServerThatOpensNoSessionGivesTheHostTheFirstAnswer() {
    Server server = new Server(404, "gone");
    FixWorld world = connected(LOST, server);
    server.forget();
    server.opensNoMore = true;
    assertThat(world.post(LIST, "Mcp-Session-Id", "s1")).isEqualTo(Reply.of(404, "gone"));
    assertThat(world.skipped()).containsExactly("the server answered initialize with 503");
  }

  @ParameterizedTest
  @CsvSource({"400, 'Invalid params'", "500, boom", "401, ''", "403, forbidden", "404, <html>"})
  void arefusalThatDoesNotSpeakOfTheSessionIsNotTouched(int status, String words) {
    Server server = new Server(status, words);
    FixWorld world = connected(LOST, server);
    server.forget();
    int before = world.wire.size();
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(status);
    assertThat(world.wire).hasSize(before + 1);
  }

  @Test
  void anUnknownMethodIsNoLostSession() {
    FixWorld world =
        FixWorld.with(
            LOST,
            sent ->
                sent.says("\"initialize\"")
                    ? Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s1")
                    : Reply.of(404, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601}}"));
    world.post(INITIALIZE);
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(404);
    assertThat(world.wire).hasSize(2);
  }

  @Test
  void aSessionWhoseStartWasNotSeenIsNotOpenedAnew() {
    FixWorld world = FixWorld.with(LOST, sent -> Reply.of(404, ""));
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(404);
    assertThat(world.skipped()).containsExactly("your application's initialize was not seen");
  }

  /** Ties the session to the token that opened it, as some servers do. */
  private static Reply tied(Sent sent, Map<String, String> sessions, int status) {
    Reply oauth = OAuthServer.orNull(sent);
    if (oauth != null) {
      return oauth;
    }
    String token = String.valueOf(sent.header("Authorization"));
    if (sent.says("\"initialize\"")) {
      String id = "s" + (sessions.size() + 1);
      sessions.put(id, token);
      return Reply.of(200, INITIALIZED, "Mcp-Session-Id", id);
    }
    String tied = sessions.get(String.valueOf(sent.header("Mcp-Session-Id")));
    if (token.equals(tied)) {
      return sent.says("notifications/") ? Reply.of(202, "") : Reply.of(200, RESULT);
    }
    return Reply.of(status, status == 401 || status == 403 ? "" : "wrong session");
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "500"})
  void afterALoginTheCallGoesOnInASessionOfTheNewToken(int status) {
    Map<String, String> sessions = new java.util.HashMap<>();
    boolean[] revoked = {false};
    FixWorld world =
        FixWorld.with(
            STALE,
            sent ->
                revoked[0] && "Bearer old-token-1".equals(sent.header("Authorization"))
                    ? Reply.of(401, "", "WWW-Authenticate", "Bearer")
                    : tied(sent, sessions, status));
    world.post(INITIALIZE, "Authorization", "Bearer old-token-1");
    world.post(LIST, "Authorization", "Bearer old-token-1", "Mcp-Session-Id", "s1");
    revoked[0] = true;
    world.post(LIST, "Authorization", "Bearer old-token-1", "Mcp-Session-Id", "s1");
    OAuthServer.logIn(world);
    String[] now = {"Authorization", "Bearer new-token-1234567", "Mcp-Session-Id", "s1"};
    assertThat(world.post(CALL, now).status()).isEqualTo(status); // It may have run.
    assertThat(world.applied()).containsExactly(STALE);
    assertThat(world.post(CALL, now).body()).isEqualTo(RESULT);
    assertThat(world.wire).filteredOn(sent -> sent.says("tools/call")).hasSize(2);
  }

  @Test
  void aStaleTokenAndAStaleSessionAreBothRepairedInOneCall() {
    Map<String, String> sessions = new java.util.HashMap<>();
    boolean[] revoked = {false};
    String first =
        "{\"access_token\":\"old-token-1\",\"token_type\":\"Bearer\",\"refresh_token\":\"r1\"}";
    FixWorld world =
        FixWorld.forOneUser(
            Map.of(STALE, FixMode.ON, "stale-token-after-auth", FixMode.ON),
            sent ->
                sent.says("refresh_token=r1")
                    ? Reply.of(200, OAuthServer.token("new-token-1234567"))
                    : sent.goesTo(OAuthServer.TOKEN)
                        ? Reply.of(200, first)
                        : revoked[0] && "Bearer old-token-1".equals(sent.header("Authorization"))
                            ? Reply.of(401, "", "WWW-Authenticate", "Bearer")
                            : tied(sent, sessions, 400));
    world.post(INITIALIZE);
    OAuthServer.logIn(world);
    sessions.clear();
    world.post(INITIALIZE, "Authorization", "Bearer old-token-1");
    revoked[0] = true;
    world.post(LIST, "Authorization", "Bearer old-token-1", "Mcp-Session-Id", "s1");
    world.form(OAuthServer.TOKEN, "grant_type=refresh_token&refresh_token=r1");
    Reply seen = world.post(LIST, "Authorization", "Bearer old-token-1", "Mcp-Session-Id", "s1");
    assertThat(seen.body()).isEqualTo(RESULT);
    assertThat(world.applied()).containsExactly("stale-token-after-auth", STALE);
  }

  /** Given back in the name of the server, it would end where the agent has kept no more of it. */
  @Test
  void aRefusalThatIsTooLongToBeKeptReachesTheHostAsItCame() {
    Server server = new Server(404, "Session not found" + "\n".repeat(100_000));
    FixWorld world = connected(LOST, server);
    server.forget();
    Reply seen = world.post(CALL, "Mcp-Session-Id", "s1");
    assertThat(seen.body()).hasSize(100_017);
    assertThat(world.wire).hasSize(3);
    assertThat(world.applied()).isEmpty();
  }
}

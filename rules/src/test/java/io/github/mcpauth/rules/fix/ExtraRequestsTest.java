package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.MCP;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.engine.Catalogue;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fixes send at most, how long they remember, and what ends it. */
class ExtraRequestsTest {

  private static final String MISSING = "missing-resource-metadata";
  private static final String BROKE = "redirect-broke-request";
  private static final String LOST = "session-lost";

  private static Map<String, FixMode> all() {
    Map<String, FixMode> all = new HashMap<>();
    Catalogue.fixNames().forEach(rule -> all.put(rule, FixMode.ON));
    return all;
  }

  /** Everything that a fix can act on, at a server that refuses whatever comes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | ''",
        "401 | unknown session",
        "403 | ''",
        "404 | ''",
        "404 | {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
        "400 | Session not found",
        "431 | ''",
        "500 | session not found",
      })
  void tenRequestsToAServerThatAlwaysRefusesDoNotBecomeFifty(int status, String body) {
    boolean[] refuses = {false};
    FixWorld world =
        FixWorld.with(
            all(),
            sent -> {
              if (refuses[0]) {
                return Reply.of(status, body);
              }
              return sent.says("\"initialize\"")
                  ? Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s1")
                  : Reply.of(200, RESULT);
            });
    world.post(INITIALIZE);
    world.post(LIST, "Mcp-Session-Id", "s1");
    refuses[0] = true;
    world.wire.clear();
    for (int i = 0; i < 10; i++) {
      world.post(LIST, "Mcp-Session-Id", "s1", "baggage", "a=b");
    }
    assertThat(world.wire.size()).isBetween(10, 10 + ExtraRequests.CALL);
  }

  @Test
  void nothingIsLookedForAgainBeforeItsTime() {
    FixWorld world = FixWorld.with(MISSING, sent -> Reply.of(sent.goesTo(MCP) ? 401 : 404, ""));
    world.post(INITIALIZE);
    assertThat(world.wire).hasSize(1 + ExtraRequests.EACH);
    world.later(ExtraRequests.FIRST_PAUSE.plusSeconds(1));
    world.post(INITIALIZE);
    assertThat(world.wire).hasSize(2 + ExtraRequests.EACH);
    assertThat(world.skipped()).contains("it was looked for in vain: not again yet");
    world.later(ExtraRequests.FIRST_SEARCH_PAUSE);
    world.post(INITIALIZE);
    assertThat(world.wire).hasSize(3 + 2 * ExtraRequests.EACH);
    world.later(ExtraRequests.FIRST_SEARCH_PAUSE.plusSeconds(1)); // The second pause is longer.
    world.post(INITIALIZE);
    assertThat(world.wire).hasSize(4 + 2 * ExtraRequests.EACH);
  }

  @Test
  void oneServersPauseIsNotAnothers() {
    FixWorld world =
        FixWorld.with(
            MISSING,
            sent ->
                Reply.of(
                    sent.line().endsWith("/mcp") && sent.head().method().equals("POST") ? 401 : 404,
                    ""));
    world.post(INITIALIZE);
    int before = world.wire.size();
    world.host("POST", "https://other.example/mcp", INITIALIZE, FixWorld.mcp());
    assertThat(world.wire).hasSize(before + 1 + ExtraRequests.EACH);
  }

  @Test
  void aPauseEndsWhereTheServerTookARequest() {
    boolean[] knows = {false};
    FixWorld world =
        FixWorld.with(
            LOST,
            sent -> {
              if (sent.says("\"initialize\"")) {
                return knows[0] || sent.header("X-First") != null
                    ? Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s1")
                    : Reply.of(503, "");
              }
              return knows[0] || sent.header("X-Good") != null
                  ? Reply.of(200, RESULT)
                  : Reply.of(404, "");
            });
    world.post(INITIALIZE, "X-First", "1");
    world.post(LIST, "Mcp-Session-Id", "s1");
    int vain = world.wire.size();
    world.post(LIST, "Mcp-Session-Id", "s1");
    assertThat(world.wire).hasSize(vain + 1);
    world.post(LIST, "Mcp-Session-Id", "s1", "X-Good", "1");
    int before = world.wire.size();
    world.post(LIST, "Mcp-Session-Id", "s1");
    assertThat(world.wire).hasSize(before + 2);
  }

  /** Each replica knows the sessions that it opened; requests go to one after the other. */
  @Test
  void replicasWithoutAffinityDoNotOpenSessionAfterSession() {
    List<Set<String>> replicas = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
    int[] next = {0};
    int[] opened = {0};
    FixWorld world =
        FixWorld.with(
            LOST,
            sent -> {
              Set<String> replica = replicas.get(next[0]++ % replicas.size());
              if (sent.says("\"initialize\"")) {
                String id = "s" + ++opened[0];
                replica.add(id);
                return Reply.of(200, INITIALIZED, "Mcp-Session-Id", id);
              }
              boolean known = replica.contains(String.valueOf(sent.header("Mcp-Session-Id")));
              return known
                  ? Reply.of(200, RESULT)
                  : Reply.of(
                      404,
                      "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}");
            });
    world.post(INITIALIZE);
    for (int i = 0; i < 30; i++) {
      world.post(CALL, "Mcp-Session-Id", "s1");
    }
    assertThat(opened[0]).isLessThanOrEqualTo(2);
    assertThat(world.wire)
        .filteredOn(sent -> sent.head().method().equals("DELETE"))
        .hasSize(opened[0] - 1)
        .noneMatch(sent -> "s1".equals(sent.header("Mcp-Session-Id")));
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s1");
  }

  private static FixWorld moved(int[] status) {
    FixWorld world =
        FixWorld.with(
            BROKE,
            sent ->
                sent.goesTo(MCP)
                    ? status[0] == 200
                        ? Reply.of(308, "", "Location", "/mcp/")
                        : Reply.of(200, RESULT)
                    : Reply.of(status[0], RESULT.repeat(status[0] == 200 ? 1 : 0)));
    world.post(INITIALIZE);
    assertThat(world.lines()).containsExactly("POST " + MCP, "POST " + MCP + "/");
    world.wire.clear();
    return world;
  }

  @ParameterizedTest
  @CsvSource({"404", "405", "410", "421", "302", "503", "0"})
  void aRememberedTargetIsForgottenAsSoonAsItFails(int status) {
    int[] now = {200};
    FixWorld world = moved(now);
    now[0] = status;
    world.post(CALL);
    world.post(CALL);
    assertThat(world.lines()).containsExactly("POST " + MCP + "/", "POST " + MCP);
  }

  @Test
  void aTargetThatIsGoneIsForgotten() {
    aRememberedTargetIsForgottenAsSoonAsItFails(410);
  }

  /** What was learned of one server is not done to another one's requests. */
  @Test
  void aRememberedTargetThatIsAnotherServersIsForgotten() {
    FixWorld world = moved(new int[] {200});
    world.host("POST", MCP + "/", INITIALIZE, FixWorld.mcp());
    world.wire.clear();
    world.post(CALL);
    assertThat(world.lines()).containsExactly("POST " + MCP);
  }

  @Test
  void aRememberedTargetIsAskedForAnewAfterATime() {
    FixWorld world = moved(new int[] {200});
    world.later(PermanentRedirects.KEPT.minusSeconds(1));
    world.post(CALL);
    world.later(Duration.ofSeconds(2));
    world.post(INITIALIZE);
    assertThat(world.lines())
        .containsExactly("POST " + MCP + "/", "POST " + MCP, "POST " + MCP + "/");
  }
}

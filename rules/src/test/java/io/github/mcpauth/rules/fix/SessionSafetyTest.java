package io.github.mcpauth.rules.fix;

import static io.github.mcpauth.rules.fix.FixWorld.CALL;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZE;
import static io.github.mcpauth.rules.fix.FixWorld.INITIALIZED;
import static io.github.mcpauth.rules.fix.FixWorld.LIST;
import static io.github.mcpauth.rules.fix.FixWorld.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a session is not opened anew, and where its id does not go. */
class SessionSafetyTest {

  private static final String LOST = "session-lost";
  private static final String OTHER = "https://other.example/messages";

  /** Opens s1, s2, …, and after {@link #forget} refuses s1. */
  private static final class Server {
    private final Reply refusal;
    private int opened;
    private boolean forgot;

    Server(Reply refusal) {
      this.refusal = refusal;
    }

    void forget() {
      forgot = true;
    }

    Reply answer(Sent sent) {
      if (sent.says("\"initialize\"")) {
        return Reply.of(200, INITIALIZED, "Mcp-Session-Id", "s" + ++opened);
      }
      boolean refused = forgot && "s1".equals(sent.header("Mcp-Session-Id"));
      return refused ? refusal : Reply.of(200, RESULT);
    }
  }

  private static FixWorld connected(Server server) {
    FixWorld world = FixWorld.with(LOST, server::answer);
    world.post(INITIALIZE);
    world.post(LIST, "Mcp-Session-Id", "s1");
    return world;
  }

  @Test
  void theRenewedIdStaysInTheServersOrigin() {
    Server server = new Server(Reply.of(404, ""));
    String endpoint = "event: endpoint\ndata: " + OTHER + "\n\n";
    FixWorld world =
        FixWorld.with(
            LOST,
            sent ->
                sent.head().method().equals("GET")
                    ? Reply.of(200, endpoint, "Content-Type", "text/event-stream")
                    : server.answer(sent));
    world.post(INITIALIZE);
    world.post(LIST, "Mcp-Session-Id", "s1");
    world.host("GET", FixWorld.MCP, "", "Accept", "text/event-stream");
    server.forget();
    assertThat(world.post(LIST, "Mcp-Session-Id", "s1").status()).isEqualTo(200);
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
    world.host("POST", OTHER, LIST, FixWorld.mcp("Mcp-Session-Id", "s1"));
    assertThat(world.wire)
        .filteredOn(sent -> sent.goesTo(OTHER))
        .singleElement()
        .extracting(sent -> sent.header("Mcp-Session-Id"))
        .isEqualTo("s1");
  }

  /** Also one that begins as MCP's own do. */
  @Test
  void aHeaderOfAnyNameTellsUsersApart() {
    for (String name : new String[] {"X-Customer", "Mcp-User", "Sec-User"}) {
      Server server = new Server(Reply.of(404, ""));
      FixWorld world = connected(server);
      server.forget();
      world.post(LIST, "Mcp-Session-Id", "s1", name, "alice");
      assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
      world.post(LIST, "Mcp-Session-Id", "s1", name, "bob");
      assertThat(world.last().header("Mcp-Session-Id")).as(name).isEqualTo("s1");
      world.post(LIST, "Mcp-Session-Id", "s1", name, "alice");
      assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
    }
  }

  /** The token may be the application's own, and the cookie its user's. */
  @Test
  void aCookieBesideASharedTokenTellsUsersApart() {
    String token = "Bearer of-the-application";
    Server server = new Server(Reply.of(404, ""));
    FixWorld world = FixWorld.with(LOST, server::answer);
    world.post(INITIALIZE, "Authorization", token);
    world.post(LIST, "Mcp-Session-Id", "s1", "Authorization", token);
    server.forget();
    String[][] sent = {
      {"a=1; sid=alice", "s2"}, {"a=1; sid=bob", "s1"}, {"sid=alice; b=2", "s2"}, {"b=2", "s2"}
    };
    for (String[] each : sent) {
      world.post(LIST, "Mcp-Session-Id", "s1", "Authorization", token, "Cookie", each[0]);
      assertThat(world.last().header("Mcp-Session-Id")).as(each[0]).isEqualTo(each[1]);
    }
  }

  /** A server that knows the key would answer the call with what it answered then. */
  @Test
  void theKeyOfACallIsNotThatOfWhatOpensItsSession() {
    Server server = new Server(Reply.of(404, ""));
    FixWorld world = connected(server);
    server.forget();
    world.post(LIST, "Mcp-Session-Id", "s1", "Idempotency-Key", "k1");
    assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
    assertThat(world.wire)
        .filteredOn(each -> each.header("Idempotency-Key") != null)
        .hasSize(2)
        .allMatch(each -> each.says("tools/list"));
  }

  @Test
  void aRefusalFromAnotherOriginOpensNoSessionThere() {
    Server server = new Server(Reply.of(404, ""));
    FixWorld world =
        FixWorld.with(
                LOST,
                sent ->
                    sent.says("tools/call") && !sent.goesTo(OTHER)
                        ? Reply.of(307, "", "Location", OTHER)
                        : server.answer(sent))
            .following();
    world.post(INITIALIZE);
    world.post(LIST, "Mcp-Session-Id", "s1");
    server.forget();
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(404);
    assertThat(world.wire).noneMatch(sent -> sent.goesTo(OTHER) && sent.says("initialize"));
    assertThat(world.skipped()).containsExactly("the answer came from another origin or server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.hibernate.SessionException: Session is closed!",
        "could not initialize proxy - no Session",
        "No Session found for current thread",
        "WebSocket session closed",
        "ERROR: column \"session_id\" does not exist",
        "<html>/mcp;jsessionid=1A2B</html>"
      })
  void anotherKindOfSessionIsNoLostOne(String words) {
    for (String message : new String[] {LIST, CALL}) {
      Server server = new Server(Reply.of(500, words));
      FixWorld world = connected(server);
      server.forget();
      assertThat(world.post(message, "Mcp-Session-Id", "s1").status()).isEqualTo(500);
      assertThat(world.wire).hasSize(3);
      assertThat(world.findings).noneMatch(found -> found.rule().equals(LOST));
    }
  }

  /** What the tool's own browser, login or database says while it runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid session id",
        "Session expired or invalid",
        "Error processing message: Session not found",
        "Tool failed after step 3: session not found"
      })
  void aCallIsNotRepeatedWhereItsToolMayHaveSpoken(String words) {
    for (String body : new String[] {words, rpc(-32000, words), rpc(-32603, "Session not found")}) {
      Server server = new Server(Reply.of(500, body));
      FixWorld world = connected(server);
      server.forget();
      assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(500);
      assertThat(world.wire).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Session ID is required",
        "Bad Request: No valid session ID provided",
        "Missing Mcp-Session-Id header",
        "Session not found: 5f1c-22",
        "Unknown session",
        "Session 5f1c-22 does not exist"
      })
  void aCallThatTheTransportRefusedIs(String words) {
    Server server = new Server(Reply.of(500, rpc(-32000, words)));
    FixWorld world = connected(server);
    server.forget();
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(200);
    assertThat(world.applied()).containsExactly(LOST);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Resource not found: report.pdf",
    "400, the browser of this session was closed after the click"
  })
  void anErrorOfTheCallIsNoLostSession(int status, String words) {
    Server server = new Server(Reply.of(status, rpc(-32002, words)));
    FixWorld world = connected(server);
    server.forget();
    assertThat(world.post(CALL, "Mcp-Session-Id", "s1").status()).isEqualTo(status);
    assertThat(world.wire).hasSize(3);
  }

  /** Users are told apart by whatever their requests carry, not by tokens alone. */
  @Test
  void aSessionThatWasRenewedForOneUserServesNoOther() {
    for (String name : new String[] {"X-Api-Key", "Cookie", "X-Customer", "Authorization"}) {
      Server server = new Server(Reply.of(404, ""));
      FixWorld world = FixWorld.with(LOST, server::answer);
      world.post(INITIALIZE, name, "alice");
      world.post(LIST, name, "alice", "Mcp-Session-Id", "s1");
      server.forget();
      assertThat(world.post(LIST, name, "alice", "Mcp-Session-Id", "s1").status()).isEqualTo(200);
      assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s2");
      assertThat(world.post(LIST, name, "bob", "Mcp-Session-Id", "s1").status()).isEqualTo(404);
      assertThat(world.last().header("Mcp-Session-Id")).isEqualTo("s1");
      assertThat(world.post(LIST, name, "alice", "Mcp-Session-Id", "s1").status()).isEqualTo(200);
    }
  }

  @Test
  void aSessionIsOpenedAnewAsItsOwnClientOpenedIt() {
    String other = INITIALIZE.replace("2025-06-18", "2025-11-25");
    Server server = new Server(Reply.of(404, ""));
    FixWorld world = connected(server);
    world.post(other);
    server.forget();
    world.post(LIST, "Mcp-Session-Id", "s1");
    assertThat(world.wire.get(4).body()).isEqualTo(INITIALIZE);
  }

  private static String rpc(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":"
        + code
        + ",\"message\":\""
        + message
        + "\"}}";
  }
}

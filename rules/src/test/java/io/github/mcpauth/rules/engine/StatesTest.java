package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a status page of a host would show: a state, why, and whether to try again. */
class StatesTest {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final Headers EVENTS = Headers.of("Accept", "text/event-stream");
  private static final Headers SESSION = Headers.of("Mcp-Session-Id", "s-1");
  private static final String AS = "https://as.example";
  private static final String DOCUMENT =
      "https://mcp.example/.well-known/oauth-protected-resource/mcp";
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private final Scenario scenario = Scenario.withDefaults();

  private List<String> told() {
    return scenario.states.stream().map(StatesTest::inWords).toList();
  }

  private static String inWords(StateChange change) {
    return change.state().label()
        + (change.reason() == null ? "" : " " + change.reason())
        + (change.retryable() ? " again" : "");
  }

  private void challenged() {
    String hint = "Bearer resource_metadata=\"" + DOCUMENT + "\"";
    scenario.initialize(Headers.NONE, 401, Headers.of("WWW-Authenticate", hint), "");
  }

  private void discovered() {
    String document = Hostile.resourceMetadata(Scenario.SERVER, AS);
    scenario.get(DOCUMENT, 200, "application/json", document);
    String metadata = Hostile.serverMetadata(AS, AS + "/token");
    scenario.get(AS + "/.well-known/oauth-authorization-server", 200, "application/json", metadata);
  }

  private void token(int status, String body) {
    Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    RequestHead head = new RequestHead("POST", URI.create(AS + "/token"), form);
    String request =
        "grant_type=authorization_code&code=c&code_verifier="
            + "v".repeat(43)
            + "&resource="
            + Scenario.SERVER;
    scenario.play(head, request, new ResponseHead(status, JSON), body);
  }

  @ParameterizedTest
  @CsvSource({
    "408, failed request-refused again",
    "429, failed rate-limited again",
    "500, failed server-error again",
    "501, failed server-error",
    "502, failed server-error again",
    "503, failed server-error again",
    "504, failed server-error again",
    "522, failed server-error again",
    "400, failed request-refused",
    "410, failed endpoint-not-found",
    "404, failed endpoint-not-found",
    "431, failed request-headers-rejected"
  })
  void aStatusOnConnectIsAFailureThatMayPassOrNot(int status, String expected) {
    scenario.initialize(Headers.NONE, status, Headers.NONE, "");
    scenario.later();
    assertThat(told()).startsWith("connecting").endsWith(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, failed server-unreachable again",
    "TIMEOUT, failed server-not-answering again",
    "CLOSED, failed server-not-answering again",
    "UNKNOWN_HOST, failed server-unreachable",
    "TLS, failed tls-untrusted",
    "PROXY, failed proxy-refused",
    "OTHER, failed server-not-answering"
  })
  void aConnectionThatFailsIsAFailureThatMayPassOrNot(Failure.Kind kind, String expected) {
    scenario.fails(new Failure(kind, "java.io.IOException", "boom"));
    assertThat(told()).containsExactly("connecting", expected);
  }

  @Test
  void aConnectionClosedOverTheHeadersWillNotPass() {
    scenario.headerBytes(20_000);
    scenario.fails(new Failure(Failure.Kind.CLOSED, "java.io.EOFException", "EOF"));
    assertThat(told()).containsExactly("connecting", "failed request-headers-rejected");
  }

  @Test
  void aFailureThatTurnsIncurableIsToldAnew() {
    scenario.fails(new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null));
    scenario.fails(new Failure(Failure.Kind.TLS, "javax.net.ssl.SSLException", "PKIX"));
    assertThat(told())
        .containsExactly("connecting", "failed server-unreachable again", "failed tls-untrusted");
  }

  @Test
  void aHealthyLoginGoesThroughItsStates() {
    challenged();
    discovered();
    token(200, Hostile.tokens(""));
    Headers token = Headers.of("Authorization", "Bearer " + Hostile.TOKEN);
    scenario.initialize(token, 200, JSON, OK);
    scenario.later();
    assertThat(told()).containsExactly("connecting", "needs-auth", "authorizing", "connected");
    assertThat(scenario.findings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 500})
  void aServerThatRefusesTheEndOfASessionHadBeenConnected(int status) {
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    RequestHead end = new RequestHead("DELETE", URI.create(Scenario.SERVER), SESSION);
    scenario.play(end, "", new ResponseHead(status, JSON), "{}");
    scenario.later();
    assertThat(told()).containsExactly("connecting", "connected");
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    assertThat(told()).as("but what is asked after that counts").contains("needs-auth");
  }

  @ParameterizedTest
  @CsvSource({
    "400, '{\"error\":\"invalid_grant\"}', failed token-request-rejected",
    "503, '', failed server-error again",
    "429, '', authorizing"
  })
  void aLoginThatEndsAtTheTokenEndpointHasFailed(int status, String body, String expected) {
    challenged();
    discovered();
    token(status, body);
    scenario.later();
    assertThat(told()).startsWith("connecting", "needs-auth", "authorizing").endsWith(expected);
    token(200, Hostile.tokens(""));
    assertThat(told()).endsWith("authorizing");
  }

  @Test
  void aServerThatWantsALoginAndDoesNotSayWhereStillNeedsAuth() {
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    scenario.later();
    assertThat(told())
        .containsExactly("connecting", "needs-auth", "needs-auth missing-resource-metadata");
  }

  @Test
  void aFirewallBlocks() {
    scenario.initialize(
        Headers.NONE, 403, Headers.of("cf-mitigated", "challenge"), "Just a moment...");
    scenario.later();
    assertThat(told()).containsExactly("connecting", "blocked blocked-before-server");
  }

  @Test
  void aConnectedServerStaysSoWhenOneCallFailsOrAStreamHasNothingToSay() {
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    Headers version = Headers.of("MCP-Protocol-Version", "2025-11-25");
    RequestHead get = new RequestHead("GET", URI.create(Scenario.SERVER), version);
    scenario.play(get, "", new ResponseHead(405, Headers.NONE), "");
    scenario.failsStream(new Failure(Failure.Kind.TIMEOUT, "x.HttpTimeoutException", "timed out"));
    RequestHead post = new RequestHead("POST", URI.create(Scenario.SERVER), version);
    scenario.play(post, "{\"jsonrpc\":\"2.0\"}", new ResponseHead(500, Headers.NONE), "");
    assertThat(told()).containsExactly("connecting", "connected");
  }

  /** The MCP Java SDK opens the optional stream as soon as it has read the result. */
  @Test
  void aServerThatHasNoStreamToOfferHasNotFailedBeforeItsFirstAnswerEnds() {
    scenario.initializing(new ResponseHead(200, JSON));
    RequestHead get = new RequestHead("GET", URI.create(Scenario.SERVER), EVENTS);
    scenario.play(get, "", new ResponseHead(405, Headers.NONE), "");
    assertThat(told()).containsExactly("connecting");
  }

  /** The Kotlin SDK opens the optional stream in the background, whatever else it does. */
  @Test
  void aServerThatHasNoStreamToOfferStillWantsALogin() {
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    challenged();
    RequestHead get = new RequestHead("GET", URI.create(Scenario.SERVER), EVENTS);
    scenario.play(get, "", new ResponseHead(405, Headers.NONE), "");
    assertThat(told()).containsExactly("connecting", "connected", "needs-auth");
  }

  @Test
  void aServerThatTakesNoGetAtFirstHasFailed() {
    RequestHead get = new RequestHead("GET", URI.create(Scenario.SERVER), EVENTS);
    scenario.play(get, "", new ResponseHead(405, Headers.NONE), "");
    assertThat(told()).containsExactly("connecting", "failed");
  }

  /** A head of success is no answer, and an error in it is none that connects. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "202 |                   |                                       | call-unanswered",
        "204 |                   |                                       | call-unanswered",
        "200 | application/json  | {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"no\"}} | initialize-rejected",
        "200 | application/json  | {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}} | call-unanswered",
        "200 | application/json  | {\"jsonrpc\":\"2.0\",\"id\":1,\"re | call-unanswered",
        "200 | application/json  | {\"error\":\"invalid_token\"}             | wrong-status-for-login"
      })
  void anAnswerOfSuccessWithoutAResultIsNoConnection(
      int status, String type, String body, String reason) {
    Headers headers = type == null ? Headers.NONE : Headers.of("Content-Type", type);
    scenario.initialize(Headers.NONE, status, headers, body == null ? "" : body);
    for (int i = 0; i < 10; i++) {
      scenario.later();
    }
    scenario.diagnosis().close();
    assertThat(told()).doesNotContain("connected").last().asString().startsWith("failed " + reason);
  }

  /** What counts is the event with the answer, not the head of its stream. */
  @Test
  void aStreamConnectsWithTheEventThatAnswers() {
    RequestHead post =
        new RequestHead(
            "POST", URI.create(Scenario.SERVER), Headers.of("Content-Type", "application/json"));
    scenario.playStream(post, Scenario.INITIALIZE, Duration.ofSeconds(1), "", OK);
    assertThat(told()).containsExactly("connecting", "connected");
    Scenario silent = Scenario.withDefaults();
    silent.playStream(post, Scenario.INITIALIZE, Duration.ofSeconds(1), "");
    silent.later();
    assertThat(silent.states).extracting(each -> each.state().label()).doesNotContain("connected");
  }

  @Test
  void aWebPageIsNoConnection() {
    Headers html = Headers.of("Content-Type", "text/html");
    scenario.initialize(Headers.NONE, 200, html, "<html>Hello</html>");
    assertThat(told()).containsExactly("connecting", "failed unexpected-content-type");
  }

  @Test
  void aRedirectThatNobodyFollowsIsNone() {
    Headers location = Headers.of("Location", "/mcp/");
    scenario.initialize(Headers.NONE, 307, location, "");
    scenario.later();
    assertThat(told()).containsExactly("connecting", "failed redirect-not-followed");
  }

  @Test
  void aCancelledRequestChangesNothing() {
    scenario.fails(new Failure(Failure.Kind.CANCELLED, "java.io.IOException", "canceled"));
    assertThat(told()).containsExactly("connecting");
  }
}

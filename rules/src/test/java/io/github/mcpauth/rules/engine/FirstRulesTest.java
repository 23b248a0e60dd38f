package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When each of the first rules speaks, and when its nearest neighbours must not. */
class FirstRulesTest {

  private static final Headers TOKEN = Headers.of("Authorization", "Bearer abcdefgh12345678");
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String PRM = "https://mcp.example/.well-known/oauth-protected-resource";

  private final Scenario scenario = Scenario.withDefaults();

  @ParameterizedTest
  @CsvSource({
    "''",
    "Bearer",
    "Basic realm=x",
    "'Bearer error=\"invalid_token\"'",
    "'Bearer resource_metadata='"
  })
  void a401WithoutAHintIsNamedOnceTheHostHasStayedQuiet(String challenge) {
    Headers answer = challenge.isEmpty() ? Headers.NONE : Headers.of("WWW-Authenticate", challenge);
    scenario.initialize(Headers.NONE, 401, answer, "");
    assertThat(scenario.findings).isEmpty();
    scenario.later();
    assertThat(scenario.rules()).containsExactly("missing-resource-metadata");
    assertThat(scenario.stateNames()).containsExactly("connecting", "needs-auth", "needs-auth");
    assertThat(scenario.states.get(2).reason()).isEqualTo("missing-resource-metadata");
  }

  @Test
  void aHintInAnyBearerChallengeDisprovesIt() {
    Headers two =
        Headers.of(
            "www-authenticate", "Basic realm=\"a, b\"",
            "WWW-Authenticate", "bearer Resource_Metadata=\"https://mcp.example/prm\"");
    scenario.initialize(Headers.NONE, 401, two, "");
    scenario.later();
    assertThat(scenario.findings).isEmpty();
  }

  @Test
  void aHostThatFindsTheMetadataByItselfDisprovesIt() {
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    scenario.get(PRM + "/mcp", 404, "text/plain", "");
    scenario.get(
        PRM,
        200,
        "application/json",
        "{\"resource\":\"https://mcp.example\",\"authorization_servers\":[\"https://as.example\"]}");
    scenario.later();
    assertThat(scenario.findings).isEmpty();
  }

  @Test
  void metadataThatIsNowhereMakesItCertain() {
    scenario.initialize(Headers.NONE, 401, Headers.NONE, "");
    scenario.get(PRM + "/mcp", 404, "text/html", "<html>");
    scenario.later();
    assertThat(scenario.findings.get(0).confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void aRejectedTokenIsNoMissingHint() {
    scenario.initialize(TOKEN, 401, Headers.NONE, "");
    scenario.later();
    assertThat(scenario.rules()).doesNotContain("missing-resource-metadata");
  }

  @ParameterizedTest
  @CsvSource({
    "'Bearer realm=x', application/json, '', CERTAIN",
    "'', application/json, '{\"message\":\"Authentication required\"}', LIKELY",
    "'', text/plain, '', POSSIBLE"
  })
  void a403OnConnectMeansLogIn(String challenge, String type, String body, Confidence confidence) {
    Headers answer = Headers.of("Content-Type", type);
    answer = challenge.isEmpty() ? answer : answer.plus("WWW-Authenticate", challenge);
    scenario.initialize(Headers.NONE, 403, answer, body);
    assertThat(scenario.rules()).containsExactly("forbidden-on-connect");
    assertThat(scenario.findings.get(0).confidence()).isEqualTo(confidence);
    assertThat(scenario.stateNames()).contains("needs-auth");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, '', '<html>Access denied, please log in</html>'",
    "text/plain, cf-mitigated, 'log in'",
    "application/json, x-amzn-waf-action, '{\"message\":\"Forbidden\"}'",
    "text/plain, '', 'Invalid Origin header'",
    "application/json, '', '{\"error\":{\"message\":\"Invalid Host: localhost\"}}'"
  })
  void a403OfAFirewallOrOfAHostCheckIsBlockedAndNoLogin(String type, String header, String body) {
    Headers answer = Headers.of("Content-Type", type);
    answer = header.isEmpty() ? answer : answer.plus(header, "x");
    scenario.initialize(Headers.NONE, 403, answer, body);
    assertThat(scenario.rules()).hasSize(1).doesNotContain("forbidden-on-connect");
    assertThat(scenario.stateNames()).endsWith("blocked");
  }

  @Test
  void a403ToATokenIsNotForbiddenOnConnect() {
    scenario.initialize(TOKEN, 403, Headers.of("WWW-Authenticate", "Bearer"), "");
    scenario.initialize(Headers.of("X-Api-Key", "k"), 403, Headers.NONE, "login");
    assertThat(scenario.rules()).doesNotContain("forbidden-on-connect");
  }

  @Test
  void a431IsCertainAndNamesTheLargestHeader() {
    scenario.headerBytes(9300).initialize(TOKEN, 431, Headers.NONE, "");
    assertThat(scenario.rules()).containsExactly("request-headers-rejected");
    assertThat(scenario.findings.get(0).message()).contains("9300").contains("Authorization");
    assertThat(scenario.findings.get(0).toString()).doesNotContain("abcdefgh12345678");
  }

  @ParameterizedTest
  @CsvSource({
    "400, text/html, '<title>400 Request Header Or Cookie Too Large</title>', nginx",
    "400, text/html, 'Request header is too large', Tomcat",
    "400, text/html, 'Size of a request header field exceeds server limit.', Apache httpd",
    "400, text/plain, 'Got more than 8190 bytes when reading: ', aiohttp"
  })
  void aDisguisedRefusalOfTheSizeNamesTheServer(
      int status, String type, String body, String server) {
    scenario.headerBytes(9300);
    scenario.initialize(TOKEN, status, Headers.of("Content-Type", type), body);
    assertThat(scenario.rules()).containsExactly("request-headers-rejected");
    assertThat(scenario.findings.get(0).message()).contains(server);
  }

  @ParameterizedTest
  @CsvSource({
    "300, 400, 'Request header is too large'",
    "9300, 400, '{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"No session\"}}'",
    "9300, 404, 'not found'",
    "9300, 414, 'URI too long'",
    "9300, 500, 'boom'"
  })
  void anotherRefusalIsNotBlamedOnTheHeaders(int bytes, int status, String body) {
    scenario.headerBytes(bytes);
    String type = body.startsWith("{") ? "application/json" : "text/plain";
    scenario.initialize(TOKEN, status, Headers.of("Content-Type", type), body);
    assertThat(scenario.rules()).doesNotContain("request-headers-rejected");
  }

  @Test
  void headersThatAreCloseToTheLimitAreAWarningWhileTheyPass() {
    Headers json = Headers.of("Content-Type", "application/json");
    scenario.headerBytes(6500).initialize(TOKEN, 200, json, RESULT);
    scenario.initialize(TOKEN, 200, json, RESULT);
    assertThat(scenario.rules()).containsExactly("oversized-request-headers");
    assertThat(scenario.repeats).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNKNOWN_HOST"})
  void anAddressWhereNobodyAnswersIsUnreachable(Failure.Kind kind) {
    scenario.fails(new Failure(kind, "java.net.ConnectException", null));
    assertThat(scenario.rules()).containsExactly("server-unreachable");
    assertThat(scenario.stateNames()).endsWith("failed");
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "TLS", "PROXY", "OTHER", "TIMEOUT"})
  void otherFailuresAreNotUnreachable(Failure.Kind kind) {
    scenario.fails(new Failure(kind, "java.net.http.HttpTimeoutException", "timed out"));
    assertThat(scenario.rules()).doesNotContain("server-unreachable");
  }

  @Test
  void aStormOfTheSameFailureIsOneFinding() {
    for (int i = 0; i < 100_000; i++) {
      scenario.fails(new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null));
    }
    assertThat(scenario.findings).hasSize(1);
    assertThat(scenario.repeats).isEqualTo(100_000);
  }

  @Test
  void aHealthySessionIsSilent() {
    scenario.initialize(
        TOKEN, 200, Headers.of("Mcp-Session-Id", "s", "Content-Type", "application/json"), RESULT);
    scenario.later();
    assertThat(scenario.findings).isEmpty();
    assertThat(scenario.stateNames()).containsExactly("connecting", "connected");
  }
}

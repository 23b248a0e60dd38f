package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Config;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A server that is not connected is told of once nothing more happens; a healthy one never. */
class ServerStatusesTest {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final String AS = "https://as.example";
  private static final String DOCUMENT =
      "https://mcp.example/.well-known/oauth-protected-resource/mcp";
  private static final Headers HINT =
      Headers.of("WWW-Authenticate", "Bearer resource_metadata=\"" + DOCUMENT + "\"");
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final Headers TOKEN = Headers.of("Authorization", "Bearer " + Hostile.TOKEN);

  private final Scenario scenario = Scenario.withDefaults();

  private List<String> told() {
    return scenario.statuses.stream()
        .map(each -> each.state().label() + " " + each.rule() + " " + each.actor())
        .toList();
  }

  private ServerStatus last() {
    return scenario.statuses.get(scenario.statuses.size() - 1);
  }

  private void seconds(int quiet) {
    for (int i = 0; i < quiet; i++) {
      scenario.later(Duration.ofSeconds(1));
    }
  }

  private void discovered() {
    scenario.initialize(Headers.NONE, 401, HINT, "");
    String document = Hostile.resourceMetadata(Scenario.SERVER, AS);
    scenario.get(DOCUMENT, 200, "application/json", document);
    String metadata = Hostile.serverMetadata(AS, AS + "/token");
    scenario.get(AS + "/.well-known/oauth-authorization-server", 200, "application/json", metadata);
  }

  private void token() {
    Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    RequestHead head = new RequestHead("POST", URI.create(AS + "/token"), form);
    String request =
        "grant_type=authorization_code&code=c&code_verifier="
            + "v".repeat(43)
            + "&resource="
            + Scenario.SERVER;
    scenario.play(head, request, new ResponseHead(200, JSON), Hostile.tokens(""));
  }

  @Test
  void aHealthyServerIsNotToldOf() {
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    seconds(60);
    scenario.diagnosis().close();
    assertThat(scenario.statuses).isEmpty();
  }

  @Test
  void aRefusalIsToldOnceItIsQuietAndNotAgain() {
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    seconds(2);
    assertThat(told()).isEmpty();
    seconds(1);
    assertThat(told()).containsExactly("failed server-error MCP_SERVER");
    assertThat(last().exchangeId()).isEqualTo(1);
    assertThat(last().step()).isNotEmpty();
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    seconds(10);
    scenario.diagnosis().close();
    assertThat(told()).hasSize(1);
  }

  @Test
  void itIsToldAnewForAnotherReason() {
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    seconds(4);
    scenario.fails(new Failure(Failure.Kind.TLS, "javax.net.ssl.SSLException", "PKIX"));
    seconds(4);
    assertThat(told())
        .containsExactly("failed server-error MCP_SERVER", "failed tls-untrusted NETWORK");
  }

  @Test
  void atTheEndItIsToldAtOnce() {
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    scenario.diagnosis().close();
    assertThat(told()).containsExactly("failed server-error MCP_SERVER");
  }

  @Test
  void aServerThatRecoversIsToldOnce() {
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    seconds(4);
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    seconds(4);
    assertThat(told()).containsExactly("failed server-error MCP_SERVER", "connected null null");
    assertThat(last().isRecovered()).isTrue();
  }

  @Test
  void aServerThatRecoversBeforeItIsToldOfIsHealthy() {
    scenario.initialize(Headers.NONE, 500, Headers.NONE, "");
    seconds(2);
    scenario.initialize(Headers.NONE, 200, JSON, OK);
    seconds(30);
    assertThat(scenario.statuses).isEmpty();
  }

  @Test
  void aFailureOfWhichOnlyTheExceptionTellsIsTold() {
    scenario.fails(new Failure(Failure.Kind.OTHER, "java.io.IOException", "boom"));
    seconds(3);
    assertThat(told()).containsExactly("failed server-not-answering USER");
  }

  @Test
  void aFailureThatNoRuleExplainsIsToldAllTheSame() {
    Set<String> off = Set.of("server-unreachable");
    Scenario silent = new Scenario(new Config(off, FixMode.OFF, Map.of(), 8192, 6144));
    silent.fails(new Failure(Failure.Kind.REFUSED, "java.net.ConnectException", null));
    silent.later(Duration.ofSeconds(3));
    assertThat(silent.findings).isEmpty();
    assertThat(silent.statuses).extracting(ServerStatus::actor).containsExactly(Actor.USER);
  }

  @Test
  void aServerThatTakesItsTimeIsNotToldOfSoon() {
    scenario.initializing(new ResponseHead(200, JSON));
    seconds(9);
    assertThat(scenario.statuses).isEmpty();
  }

  @Test
  void aLoginHasTimeForAPerson() {
    discovered();
    seconds(45);
    assertThat(scenario.statuses).isEmpty();
    token();
    scenario.initialize(TOKEN, 200, JSON, OK);
    seconds(60);
    scenario.diagnosis().close();
    assertThat(scenario.statuses).isEmpty();
  }

  @Test
  void aLoginThatIsNotFinishedIsToldInOtherWordsThanNone() {
    discovered();
    seconds(60);
    assertThat(told()).containsExactly("authorizing null USER");
    assertThat(last().why()).isEqualTo("A login was started and not finished");
  }

  @Test
  void aTokenThatIsNotUsedIsTold() {
    discovered();
    token();
    seconds(3);
    assertThat(told()).containsExactly("authorizing null HOST");
    assertThat(last().why()).startsWith("A token was issued");
  }
}

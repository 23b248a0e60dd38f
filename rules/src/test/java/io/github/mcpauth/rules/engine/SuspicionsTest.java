package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.http.ResponseHead;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A host that asks again and again hears as soon as one that asks once and gives up. */
class SuspicionsTest {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final Duration OFTEN = Duration.ofMillis(400);

  private final Scenario scenario = Scenario.withDefaults();
  private final String url = Scenario.SERVER;

  private void lists(int status) {
    RequestHead head = new RequestHead("POST", URI.create(url), JSON);
    String body =
        status == 200
            ? "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[]}}"
            : "{\"error\":\"strange\",\"message\":\"something is the matter\"}";
    scenario.play(
        head,
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
        new ResponseHead(status, JSON),
        body);
  }

  private void connects() {
    scenario.initialize(
        Headers.NONE,
        200,
        JSON,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}");
  }

  @Test
  void whatIsRefusedAgainAndAgainIsToldOfMeanwhile() {
    connects();
    for (int i = 0; i < 40; i++) {
      lists(400);
      scenario.later(OFTEN);
    }
    assertThat(scenario.rules()).containsExactly("request-refused");
  }

  @Test
  void whatIsTakenInBetweenIsNot() {
    connects();
    for (int i = 0; i < 40; i++) {
      lists(i % 2 == 0 ? 400 : 200);
      scenario.later(OFTEN);
    }
    assertThat(scenario.rules()).isEmpty();
  }

  @Test
  void ofSeveralInARowTheLastOneIsJudgedOnce() {
    connects();
    lists(400);
    lists(400);
    assertThat(scenario.rules()).isEmpty();
    scenario.later(Duration.ofMinutes(1));
    assertThat(scenario.rules()).containsExactly("request-refused");
  }

  /** Its head is suspected, and then its body, which says more. */
  @Test
  void ofOneExchangeIsToldOnceWithAllThatItSaid() {
    scenario.play(
        new RequestHead("POST", URI.create(url), JSON),
        Scenario.INITIALIZE,
        new ResponseHead(401, Headers.of("WWW-Authenticate", "Bearer")),
        OFTEN,
        "log in first");
    for (int i = 0; i < 40; i++) {
      scenario.later(Duration.ofMillis(100));
    }
    assertThat(scenario.rules()).containsExactly("missing-resource-metadata");
    assertThat(scenario.findings.get(0).quote()).isEqualTo("log in first");
    assertThat(scenario.repeats).isZero();
  }
}

package io.github.mcpauth.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mcpauth.rules.http.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who waits for the rules to decide knows until when, and does not wait where they have. */
class NextDecisionTest {

  private static final Headers NO_HINT = Headers.of("WWW-Authenticate", "Bearer");

  private final Scenario scenario = Scenario.withDefaults();

  @Test
  void nothingWaitsAfterAnAnswer() {
    scenario.initialize(
        Headers.NONE,
        200,
        Headers.of("Content-Type", "application/json"),
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}");
    assertThat(scenario.diagnosis().nextDecision(any -> true)).isNull();
  }

  @Test
  void aSuspicionIsDecidedWhenItSaysSo() {
    scenario.initialize(Headers.NONE, 401, NO_HINT, "");
    Instant due = scenario.diagnosis().nextDecision(any -> true);
    assertThat(due).isAfter(Instant.parse("2026-11-21T00:00:00Z"));
    assertThat(scenario.rules()).isEmpty();
    scenario.later(Duration.between(Instant.parse("2026-11-21T00:00:00Z"), due));
    assertThat(scenario.rules()).containsExactly("missing-resource-metadata");
    Instant next = scenario.diagnosis().nextDecision(any -> true);
    assertThat(next == null || next.isAfter(due)).as("that one is over").isTrue();
  }

  @Test
  void whatOthersWaitForIsNoneOfOnesBusiness() {
    scenario.initialize(Headers.NONE, 401, NO_HINT, "");
    assertThat(scenario.diagnosis().nextDecision(exchange -> exchange > 1)).isNull();
  }
}

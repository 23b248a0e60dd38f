package io.github.mcpauth.rules.diagnosis.session;

import io.github.mcpauth.rules.diagnosis.Actor;
import io.github.mcpauth.rules.diagnosis.Exchanges;
import io.github.mcpauth.rules.diagnosis.Findings;
import io.github.mcpauth.rules.diagnosis.FixSafety;
import io.github.mcpauth.rules.diagnosis.Report;
import io.github.mcpauth.rules.diagnosis.Rule;
import io.github.mcpauth.rules.diagnosis.RuleInfo;
import io.github.mcpauth.rules.diagnosis.Severity;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.journey.Journey;

/**
 * Event streams end at the same age again and again: something on the way closes idle connections.
 * Ends at different ages disprove it.
 */
public final class EventStreamCut implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
          "event-stream-cut",
          "Something closes event streams after a fixed time",
          Severity.WARNING,
          Actor.NETWORK,
          "MCP 2025-11-25, Transports: Sending Messages to the Server (disconnection may happen)",
          FixSafety.NONE);

  private static final int ENOUGH = 3;
  private static final long SHORTEST_MS = 20_000;
  private static final long SPREAD_MS = 1_500;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, Journey journey, Report report) {
    ended(exchange, journey, report);
  }

  @Override
  public void failed(Exchange exchange, Journey journey, Report report) {
    Failure failure = exchange.failure();
    if (failure != null && failure.kind() == Failure.Kind.CLOSED) {
      ended(exchange, journey, report);
    }
  }

  private static void ended(Exchange exchange, Journey journey, Report report) {
    ResponseHead response = exchange.response();
    if (response == null || !response.isEventStream() || !Exchanges.isStream(exchange)) {
      return;
    }
    long age = exchange.elapsed().toMillis();
    int alike = age < SHORTEST_MS ? 0 : journey.streamEnded(age, SPREAD_MS);
    if (alike < ENOUGH) {
      return;
    }
    report.found(
        Findings.of(INFO, journey)
            .message(
                alike
                    + " event streams in a row ended after about "
                    + age / 1000
                    + " s: an idle timeout of a load balancer or proxy.")
            .saw(exchange.id(), "duration", age + " ms", "streams of different length")
            .step("MCP server: send a comment line (\":\") as keep-alive every 15 s or so")
            .step("Network: raise the idle timeout for text/event-stream")
            .build());
  }
}

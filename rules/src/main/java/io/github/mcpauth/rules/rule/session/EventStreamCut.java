package io.github.mcpauth.rules.rule.session;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.McpRequest;

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
              FixSafety.NONE)
          .asked(Phase.ANSWERED, Phase.COMPLETED, Phase.FAILED)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  private static final int ENOUGH = 3;
  private static final long SHORTEST_MS = 20_000;
  private static final long SPREAD_MS = 1_500;
  private static final long AT_ONCE_MS = 1_500;

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void answered(Exchange exchange, McpServer server, Report report) {
    if (isStream(exchange)) {
      server.streamAges().opened(exchange.id());
    }
  }

  private static boolean isStream(Exchange exchange) {
    ResponseHead response = exchange.response();
    return response != null && response.isEventStream() && McpRequest.opensStream(exchange);
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    if (isStream(exchange)) {
      server.streamAges().closed();
    }
    ended(exchange, true, server, report);
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    if (isStream(exchange)) {
      server.streamAges().closed();
    }
    Failure failure = exchange.failure();
    if (failure != null && failure.kind() == Failure.Kind.CLOSED) {
      ended(exchange, false, server, report);
    }
  }

  /**
   * @param inOrder whether the stream ended in good order, as a server may have it by plan
   */
  private static void ended(Exchange exchange, boolean inOrder, McpServer server, Report report) {
    if (!isStream(exchange)) {
      return;
    }
    long age = exchange.elapsed().toMillis();
    int alike = server.streamAges().ended(age, SPREAD_MS);
    if (age < AT_ONCE_MS && inOrder && alike > ENOUGH && !isPolled(exchange)) {
      report.found(atOnce(exchange, server, alike));
    }
    if (age < SHORTEST_MS || alike < ENOUGH) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .severity(inOrder ? Severity.NOTE : INFO.severity())
            .confidence(inOrder ? Confidence.POSSIBLE : Confidence.CERTAIN)
            .message(
                alike
                    + " event streams in a row ended after about "
                    + age / 1000
                    + (inOrder
                        ? " s, in good order: by an idle timeout of a load balancer or proxy, or by"
                            + " the server's own plan."
                        : " s, as an idle timeout of a load balancer or proxy ends them."))
            .saw(exchange.id(), "duration", age + " ms", "streams of different length")
            .step("MCP server: send a comment line (\":\") as keep-alive every 15 s or so")
            .step("Network: raise the idle timeout for text/event-stream")
            .build());
  }

  /** A server may end a stream by plan, and be asked for the rest (MCP 2025-11-25, SEP-1699). */
  private static boolean isPolled(Exchange exchange) {
    return exchange.request().headers().has("Last-Event-ID");
  }

  private static Finding atOnce(Exchange exchange, McpServer server, int alike) {
    return FindingBuilder.of(INFO, server)
        .cause("at-once")
        .actor(Actor.MCP_SERVER)
        .confidence(Confidence.POSSIBLE)
        .message(
            alike
                + " event streams (GET) in a row ended as soon as they were opened, with status "
                + exchange.status()
                + " and in good order: your application opens them again and again.")
        .saw(
            exchange.id(), "duration", exchange.elapsed().toMillis() + " ms", "a stream that lasts")
        .step(
            "MCP server: keep the stream open, or answer 405 to GET if it offers none; where a"
                + " session may have one stream only, give up the old one when it is opened anew")
        .step("Network: check that no proxy ends responses without a body at once")
        .build();
  }
}

package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import java.time.Instant;

/**
 * A request failed at once on a connection that had been idle: the other side had closed it. A
 * first request, or one soon after another, disproves it.
 */
public final class StaleConnection implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "stale-connection",
              "A pooled connection had been closed by the other side",
              Severity.WARNING,
              Actor.NETWORK,
              "RFC 9112 §9.3 (persistence), §9.5 (failures)",
              FixSafety.NONE)
          .asked(Phase.FAILED)
          .with(Trait.PASSING);

  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    Instant last = server.lastAnswer();
    if (failure == null
        || failure.kind() != Failure.Kind.CLOSED
        || exchange.response() != null
        || last == null
        || exchange.elapsed().compareTo(AT_ONCE) > 0) {
      return;
    }
    Duration idle = Duration.between(last, exchange.sentAt());
    if (idle.compareTo(IDLE) < 0) {
      return;
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .confidence(Confidence.LIKELY)
            .message(
                "The request failed at once ("
                    + failure.type()
                    + ") after the connection had been idle for "
                    + idle.toSeconds()
                    + " s: a load balancer or the server closes idle connections earlier than the"
                    + " client expects.")
            .saw(exchange.id(), "connection.idle", idle.toSeconds() + " s", null)
            .step(
                "Your application: let the client drop idle connections sooner: for java.net.http"
                    + " -Djdk.httpclient.keepalive.timeout=30 (seconds)")
            .step("Network: raise the idle timeout of the load balancer")
            .build());
  }
}

package io.github.mcpauth.rules.rule.transport;

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
import io.github.mcpauth.rules.knowledge.McpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request failed at once on a connection that had been idle: the other side had closed it. A
 * first request, or one soon after another, disproves it.
 */
public final class StaleConnection implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "stale-connection",
              "The other side had closed the connection, or was about to",
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
    if (failure != null && exchange.response() == null && retired(failure) != null) {
      report.found(retired(failure, exchange, server));
      return;
    }
    Instant last = server.progress().lastAnswer();
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
            .cause("idle")
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

  /**
   * HTTP/2 says so itself: the connection takes no new requests, or took this one not (RFC 9113).
   */
  private static @Nullable String retired(Failure failure) {
    String said = failure.message() == null ? "" : failure.message().toLowerCase(Locale.ROOT);
    // java.net.http: "Received RST_STREAM: Stream not processed".
    if (said.contains("refused_stream")
        || said.contains("refused stream")
        || said.contains("stream not processed")) {
      return "refused-stream";
    }
    return said.contains("goaway") ? "goaway" : null;
  }

  private static Finding retired(Failure failure, Exchange exchange, McpServer server) {
    boolean refused = "refused-stream".equals(retired(failure));
    return FindingBuilder.of(INFO, server)
        .cause(refused ? "refused-stream" : "goaway")
        .confidence(Confidence.LIKELY)
        .actor(Actor.HOST)
        .message(
            refused
                ? "The server refused the HTTP/2 stream (REFUSED_STREAM) before it looked at the"
                    + " request: it has a limit of streams, or is restarting. The request was not"
                    + " run."
                : "The connection was being retired (HTTP/2 GOAWAY) as the request left: the other"
                    + " side restarts, or ends connections after a time or a number of requests. It"
                    + " is no error of the request.")
        .saw(exchange.id(), "connection", refused ? "REFUSED_STREAM" : "GOAWAY", "an answer")
        .step(
            refused
                ? "Your application: send the request again, it is safe to; on a new connection if it recurs"
                : "Your application: repeat the request on a new connection; a tools/call only if it may run twice")
        .step("Network: drain connections before closing them (graceful shutdown)")
        .build();
  }
}

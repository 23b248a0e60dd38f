package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
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
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Permissions;
import java.net.URI;
import java.time.Duration;

/**
 * The connection stands, and no answer comes: a timeout, a closed connection or a broken one before
 * any response head. A connection that never stood, a pooled one that had gone stale, and h2c are
 * other rules'.
 */
public final class ServerNotAnswering implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "server-not-answering",
              "A request got no answer",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "RFC 9110 §7.6 (no response at all)",
              FixSafety.NONE)
          .asked(Phase.FAILED, Phase.CALLED)
          .with(Trait.PASSING);

  /** From here on the time may be a limit of something on the way. */
  private static final Duration LONG = Duration.ofSeconds(5);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void failed(Exchange exchange, McpServer server, Report report) {
    Failure failure = exchange.failure();
    if (failure == null || exchange.response() != null || McpRequest.opensStream(exchange)) {
      return;
    }
    boolean dropped =
        failure.kind() == Failure.Kind.CANCELLED
            && exchange.elapsed().compareTo(Call.PATIENCE) >= 0;
    boolean timeout =
        dropped
            || (failure.kind() == Failure.Kind.TIMEOUT
                && !ServerUnreachable.isConnectTimeout(failure));
    if (failure.kind() == Failure.Kind.OTHER) {
      report.found(BrokenExchange.finding(INFO, exchange, failure, server));
      return;
    }
    if (!timeout && failure.kind() != Failure.Kind.CLOSED) {
      return;
    }
    if (failure.kind() == Failure.Kind.CLOSED && BrokenExchange.isHttp2(failure)) {
      report.found(BrokenExchange.finding(INFO, exchange, failure, server));
      return;
    }
    String method = McpMethods.of(exchange.requestBody());
    boolean mayWork = dropped && method != null && !Call.isQuick(method);
    String words = failure.message() == null ? "" : " (" + failure.message() + ")";
    String seen = dropped ? "your application gave up" : failure.type() + words;
    report(exchange, timeout, mayWork, exchange.elapsed(), seen, server, report);
  }

  /** The application waits still, or keeps a timer that the HTTP client knows nothing of. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    boolean waits = call.end() == Call.End.GIVEN_UP || call.end() == Call.End.OPEN;
    boolean optional = call.isStream() && server.progress().everSaid();
    if (waits && call.isUnanswered() && call.sign() == Call.Sign.NOTHING && !optional) {
      String seen = call.end() == Call.End.OPEN ? "it waits still" : "your application gave up";
      report(exchange, true, !call.isQuick(), call.took(), seen, server, report);
    }
  }

  private static void report(
      Exchange exchange,
      boolean timeout,
      boolean mayWork,
      Duration after,
      String seen,
      McpServer server,
      Report report) {
    boolean token = exchange.isMcp() && exchange.bearerToken() != null;
    Actor party = Actor.serving(exchange.role());
    boolean handshake = !timeout && mayBeHandshake(exchange, server);
    long busyWith = timeout ? busyWith(exchange, server) : 0;
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .subject((timeout ? "timeout " : "closed ") + party.label())
            .cause(timeout ? "timeout" : "closed")
            .actor(party)
            .confidence(mayWork || handshake ? Confidence.POSSIBLE : Confidence.LIKELY)
            .message(
                exchange.request().method()
                    + " "
                    + exchange.request().url()
                    + ofMethod(exchange)
                    + (timeout
                        ? " had no answer after "
                            + after.toMillis()
                            + " ms: not a byte came. ("
                            + seen
                            + ")"
                            + (busyWith > 0
                                ? " No request was answered since the event stream (GET, exchange "
                                    + busyWith
                                    + ") was opened, which is open still: a server that handles one"
                                    + " request at a time is busy with it."
                                : "")
                        : ": the peer closed the connection without an answer"
                            + (after.compareTo(LONG) >= 0
                                ? " after " + after.toSeconds() + " s"
                                : "")
                            + ", "
                            + seen
                            + "."
                            + (handshake
                                ? " With TLS 1.3 a server that wants a client certificate, and gets"
                                    + " none, may look like that."
                                : "")))
            .saw(exchange.id(), "connection", seen, "a response")
            .step(
                party.inWords()
                    + (timeout
                        ? ": check whether the request arrives, and what it waits for"
                        : ": see in its log whether the request arrives, and why the connection is"
                            + " closed before an answer: a crash or restart, a worker that is ended"
                            + " after its time, another protocol at this port")
                    + (token ? "; checking a token (keys, introspection) is a common cause" : ""))
            .step(
                timeout
                    ? "Network: check idle and read timeouts of proxies, and buffering of event streams"
                    : "Network: check idle and read timeouts of proxies, and whether a firewall or"
                        + " load balancer resets the connection (no server behind it that is up)");
    if (busyWith > 0) {
      finding
          .cause("one-at-a-time")
          .confidence(Confidence.POSSIBLE)
          .step(
              "MCP server: handle requests while event streams are open (more than one worker or"
                  + " thread, or asynchronously), or answer GET with 405");
    }
    if (!timeout && mayBeTlsPort(exchange, server)) {
      finding
          .actor(Actor.USER)
          .confidence(Confidence.POSSIBLE)
          .step("User: if the port speaks TLS, write https:// in the server's URL");
    }
    if (handshake) {
      finding.step(
          "Your application: if the server asks for a client certificate, give this JVM one:"
              + " -Djavax.net.ssl.keyStore=... and -Djavax.net.ssl.keyStorePassword=...");
    }
    report.found(finding.build());
  }

  /** The event stream that is open and since whose opening nothing was answered; 0 for none. */
  private static long busyWith(Exchange exchange, McpServer server) {
    long stream = server.streamAges().openedBy();
    boolean since = stream > server.progress().connectedBy() && stream < exchange.id();
    return since && exchange.isMcp() && server.progress().everConnected() ? stream : 0;
  }

  /** Plain HTTP at a port of which the number says that it is for TLS. */
  private static boolean mayBeTlsPort(Exchange exchange, McpServer server) {
    URI url = exchange.request().url();
    boolean plain = "http".equalsIgnoreCase(url.getScheme());
    return plain
        && server.progress().lastAnswer() == null
        && String.valueOf(url.getPort()).endsWith("443");
  }

  /** The server's alert comes after the client's part of the handshake, with the first request. */
  private static String ofMethod(Exchange exchange) {
    String method = Permissions.method(exchange);
    return method == null ? "" : " (" + method + ")";
  }

  private static boolean mayBeHandshake(Exchange exchange, McpServer server) {
    boolean tls = "https".equalsIgnoreCase(exchange.request().url().getScheme());
    return tls && exchange.role() == Role.MCP && server.progress().lastAnswer() == null;
  }
}

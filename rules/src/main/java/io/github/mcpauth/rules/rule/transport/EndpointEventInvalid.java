package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
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
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.Revisions;
import io.github.mcpauth.rules.reading.AnswerBody;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.SessionRefusal;
import io.github.mcpauth.rules.reading.WordTable;
import io.github.mcpauth.rules.reading.Wording;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The {@code endpoint} event of HTTP+SSE (2024-11-05) does not come, or names a URL that leads
 * elsewhere. A request that is answered afterwards disproves it.
 */
public final class EndpointEventInvalid implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "endpoint-event-invalid",
              "The older transport's endpoint event is missing, or leads nowhere",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2024-11-05, Transports: HTTP with SSE (endpoint event)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.CALLED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  /** What was posted to the URL that the event named is refused, and the URL lacks a prefix. */
  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    URI target = server.postsTo();
    int status = exchange.status();
    if (target == null
        || status < 400
        || server.progress().everConnected()
        || !McpRequest.isMessage(exchange)
        || !exchange.request().url().equals(target)) {
      return;
    }
    boolean nowhere = status == 404 || status == 405 || status == 410;
    String prefix = prefix(server.endpoint());
    String path = String.valueOf(target.getRawPath());
    if (target.equals(server.endpoint())) {
      report.found(itself(path, server, exchange));
    } else if (saysSessionIsUnknown(exchange)) {
      report.found(otherReplica(path, server, exchange));
    } else if (nowhere && !prefix.isEmpty() && !path.startsWith(prefix + "/")) {
      report.found(
          finding("prefix-lost", server, exchange)
              .message(
                  "The event stream at "
                      + server.endpoint()
                      + " named "
                      + path
                      + " as the place to post to, without the prefix "
                      + prefix
                      + " that the stream itself has; a POST there got "
                      + status
                      + ".")
              .saw(exchange.id(), "event.endpoint", path, prefix + path)
              .step(
                  "MCP server: name the path as clients see it: set its root path or base URL to "
                      + prefix
                      + ", or read X-Forwarded-Prefix")
              .step(
                  "Network: or let the proxy rewrite the endpoint event, or route "
                      + path
                      + " to the server as well")
              .build());
    } else if (nowhere) {
      report.found(
          finding("not-found", server, exchange)
              .message(
                  "The event stream at "
                      + server.endpoint()
                      + " named "
                      + path
                      + " as the place to post to; a POST there got "
                      + status
                      + ".")
              .saw(exchange.id(), "event.endpoint", path, "a path that takes messages")
              .step("MCP server: name the path that takes messages, as clients see it")
              .step("Network: route " + path + " to the server as well, not the stream alone")
              .build());
    }
  }

  /** The session was opened a moment ago, with the stream that is still open. */
  private static boolean saysSessionIsUnknown(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    return (words != null && words.cause().equals("session-elsewhere"))
        || SessionRefusal.isSaidIn(AnswerBody.text(exchange));
  }

  /** The event names the stream's own URL, without a session: stream and messages are one path. */
  private static Finding itself(String path, McpServer server, Exchange exchange) {
    return finding("stream-itself", server, exchange)
        .confidence(Confidence.LIKELY)
        .message(
            "The event stream at "
                + server.endpoint()
                + " named its own path, "
                + path
                + ", as the place to post to, without a session id; a POST there got "
                + exchange.status()
                + ".")
        .saw(exchange.id(), "event.endpoint", path, "a path for messages, with the session id")
        .step(
            "MCP server: give messages an endpoint of their own, and name it with the session id in"
                + " the endpoint event (Spring AI: spring.ai.mcp.server.sse-message-endpoint other"
                + " than sse-endpoint)")
        .build();
  }

  private static Finding otherReplica(String path, McpServer server, Exchange exchange) {
    return finding("replicas", server, exchange)
        .actor(Actor.NETWORK)
        .confidence(Confidence.LIKELY)
        .message(
            "The event stream at "
                + server.endpoint()
                + " named "
                + path
                + " as the place to post to; the server that answered there ("
                + exchange.status()
                + ") does not know the session that this stream has just opened. Probably several servers"
                + " (replicas) answer at this address, and each knows only its own streams.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "202")
        .step(
            "Network: route stream and messages of one client to the same replica (sticky routing"
                + " by cookie, address or sessionId), or run one replica")
        .step("MCP server: or use Streamable HTTP, with sessions that all replicas share, or none")
        .build();
  }

  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (!call.isStream() || server.progress().everConnected()) {
      return;
    }
    String version = exchange.request().headers().first("MCP-Protocol-Version");
    if (version != null && !version.equals(Revisions.KNOWN.get(0))) {
      return; // Of Streamable HTTP.
    }
    URI target = server.postsTo();
    String odd = server.oddEndpoint();
    if (call.end() == Call.End.RESULT && target == null && odd != null) {
      report.found(
          finding("not-a-url", server, exchange)
              .message(
                  "The endpoint event at " + server.endpoint() + " holds \"" + odd + "\", no URL.")
              .saw(exchange.id(), "event.endpoint", odd, "a URL, relative or absolute")
              .step("MCP server: send the URL to post to as the event's data, and nothing else")
              .build());
    } else if (call.end() == Call.End.RESULT && target != null) {
      String cause = cause(exchange.request().url(), target);
      if (cause != null) {
        report.suspect(
            INFO.name(),
            now -> now.progress().everConnected() ? null : elsewhere(cause, target, exchange, now));
      }
    } else if (call.end() == Call.End.RESULT) {
      report.suspect(
          INFO.name() + "-other",
          Call.PATIENCE,
          now ->
              now.postsTo() == null && now.oddEndpoint() == null && !now.progress().everSaid()
                  ? otherStream(exchange, now)
                  : null);
    } else if (call.isUnanswered()
        && call.sign() != Call.Sign.NOTHING
        && !server.progress().everSaid()) {
      report.found(
          finding("missing", server, exchange)
              .actor(Actor.NETWORK)
              .confidence(Confidence.LIKELY)
              .message(
                  "GET "
                      + exchange.request().url()
                      + " opened an event stream, and no endpoint event came in "
                      + CallUnanswered.seconds(call.took())
                      + ": something on the way buffers the stream, or there is no MCP server of the"
                      + " older transport (HTTP+SSE) behind it.")
              .saw(exchange.id(), "event", "none", "event: endpoint")
              .step(
                  "Network: switch off buffering for text/event-stream (X-Accel-Buffering: no,"
                      + " proxy_buffering off)")
              .step("MCP server: send and flush the endpoint event as soon as the stream is open")
              .step("User: check that the URL is that of the event stream, often /sse")
              .build());
    }
  }

  /** Events come, and not the one with which the older transport begins; null for no stream. */
  private static @Nullable Finding otherStream(Exchange exchange, McpServer server) {
    ResponseHead response = exchange.response();
    return response == null || !response.isEventStream()
        ? null
        : finding("another-stream", server, exchange)
            .actor(Actor.USER)
            .confidence(Confidence.LIKELY)
            .message(
                "The event stream at "
                    + exchange.request().url()
                    + " brought events, and not the endpoint event with which the older transport"
                    + " (HTTP+SSE) begins: it is the stream of something else, or of a server that"
                    + " speaks Streamable HTTP only.")
            .saw(exchange.id(), "event", "others", "event: endpoint")
            .step(
                "User: check the URL: that of the MCP event stream, often /sse; or configure"
                    + " Streamable HTTP with its URL, often /mcp")
            .step("MCP server: send the endpoint event first, before any other")
            .build();
  }

  private static Finding elsewhere(String cause, URI target, Exchange exchange, McpServer server) {
    Origin own = Origin.of(exchange.request().url());
    return finding(cause, server, exchange)
        .confidence(cause.equals("other-scheme") ? Confidence.LIKELY : Confidence.POSSIBLE)
        .message(
            "The endpoint event names "
                + Origin.of(target)
                + (cause.equals("other-scheme")
                    ? ", another scheme than the stream's "
                    : ", another origin than the stream's ")
                + own
                + "; clients refuse to post there, or do not reach it.")
        .saw(
            exchange.id(), "event.endpoint", String.valueOf(Origin.of(target)), String.valueOf(own))
        .step(
            "MCP server: send a relative URL in the endpoint event, or take scheme and host from"
                + " X-Forwarded-Proto and X-Forwarded-Host")
        .step("Network: let the proxy forward the Host that clients use, and the scheme")
        .build();
  }

  private static FindingBuilder finding(String cause, McpServer server, Exchange exchange) {
    return FindingBuilder.of(INFO, server).cause(cause);
  }

  private static @Nullable String cause(URI stream, URI target) {
    Origin own = Origin.of(stream);
    Origin other = Origin.of(target);
    if (own == null || other == null || own.equals(other)) {
      return null;
    }
    return own.host().equals(other.host())
            && !String.valueOf(stream.getScheme()).equals(target.getScheme())
        ? "other-scheme"
        : "other-origin";
  }

  /** The path without its last segment. */
  private static String prefix(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }
}

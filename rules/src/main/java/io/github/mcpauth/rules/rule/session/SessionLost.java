package io.github.mcpauth.rules.rule.session;

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
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.reading.McpRequest;
import io.github.mcpauth.rules.reading.RpcError;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server no longer knows a session and does not say so with 404, or says so and the host does
 * not act, or another server than the one that opened it says so. The first 404 of a session is
 * normal; a version or header error, or a token that was changed, disproves it.
 */
public final class SessionLost implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              RuleNames.SESSION_LOST,
              "The server does not know the session, or not any more",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Session Management",
              FixSafety.SAFE)
          .asked(Phase.COMPLETED, Phase.CALLED)
          .followsFrom(RuleNames.STALE_SESSION_AFTER_AUTH, RuleNames.REQUEST_HEADERS_REJECTED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    String id = exchange.sessionId();
    if (id == null && isOverWithStream(exchange, server)) {
      report.found(overWithStream(exchange, server));
    }
    if (id == null || !SessionRefusal.of(exchange)) {
      return;
    }
    if (Replicas.isUnknown(exchange)) {
      Instant at = exchange.sentAt().plus(exchange.elapsed());
      server.sessions().lost().refused(id, server.sessions().with(id), exchange.id(), at);
      Finding elsewhere = Replicas.of(INFO, exchange, server);
      if (elsewhere != null) {
        report.found(elsewhere);
        return;
      }
      report.suspectUntilProven(INFO.name() + "-replicas", now -> Replicas.of(INFO, exchange, now));
    }
    int status = exchange.status();
    if (status == 404) {
      boolean unknownMethod =
          RpcError.code(exchange) == -32601 && !SessionRefusal.saysPlainly(exchange);
      boolean opened = server.sessions().with(id) != null;
      if (opened && !server.sessions().everWorked(id)) {
        return; // It was refused from the start: session-never-accepted.
      }
      if (!unknownMethod
          && !McpRequest.opensStream(exchange) // It may tell of a server without streams.
          && server.sessions().refused(id) >= 2) {
        // Of calls that were under way together each is refused before the host can act.
        report.suspect(
            INFO.name(),
            now ->
                unlessElsewhere(
                    exchange, now, finding(exchange, now, "host-ignores-404", Confidence.CERTAIN)));
      }
      return;
    }
    boolean says = SessionRefusal.says(exchange) || forgot(exchange, server, id);
    if (status == 401 || status == 403) {
      refusedAsUnauthorized(exchange, server, report, id, says);
    } else if (says || (status == 400 && worked(exchange, server, id))) {
      boolean plain = forgot(exchange, server, id) || SessionRefusal.saysPlainly(exchange);
      Confidence confidence = says && plain ? Confidence.CERTAIN : Confidence.POSSIBLE;
      boolean refusedFromTheStart =
          server.sessions().with(id) != null && !server.sessions().everWorked(id);
      if (status != 400) {
        report.found(finding(exchange, server, "answered-" + status, confidence));
      } else if (!refusedFromTheStart) {
        // A host that starts a new session all the same is none the worse for the status.
        report.suspect(
            INFO.name(),
            now ->
                unlessElsewhere(
                    exchange, now, finding(exchange, now, "answered-" + status, confidence)));
      }
    }
  }

  /** What an answer means once the host has had the time to act; it may be of another server. */
  private static @Nullable Finding unlessElsewhere(
      Exchange exchange, McpServer now, Finding finding) {
    Finding elsewhere = Replicas.of(INFO, exchange, now);
    return isRenewed(exchange, now) ? null : elsewhere != null ? elsewhere : finding;
  }

  private static boolean isRenewed(Exchange exchange, McpServer server) {
    McpSession newest = server.sessions().newest();
    return server.progress().connectedBy() > exchange.id()
        || (newest != null && newest.exchangeId() > exchange.id());
  }

  /** The same token opened a new session afterwards: it was the session that was refused. */
  private static void refusedAsUnauthorized(
      Exchange exchange, McpServer server, Report report, String id, boolean says) {
    String token = Digest.of(exchange.bearerToken());
    if (token == null && says && server.sessions().everWorked(id)) {
      report.found(finding(exchange, server, "answered-" + exchange.status(), Confidence.LIKELY));
    }
    if (token == null
        || !token.equals(server.sessions().workedWith())
        || !server.sessions().hasWorked(id)) {
      return;
    }
    if (says) {
      report.found(finding(exchange, server, "answered-" + exchange.status(), Confidence.LIKELY));
      return;
    }
    report.suspectUntilProven(
        INFO.name(),
        now -> {
          McpSession newer = now.sessions().newest();
          boolean proven =
              newer != null && newer.exchangeId() > exchange.id() && token.equals(newer.token());
          return proven
              ? finding(exchange, now, "answered-" + exchange.status(), Confidence.CERTAIN)
              : null;
        });
  }

  /** The answer of success to a call says that the server does not know the session any more. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (SessionRefusal.isOfCall(call, exchange, server)) {
      Call.Complaint complaint = call.complaint();
      report.found(
          finding(
              exchange,
              server,
              "answered-" + exchange.status(),
              Confidence.LIKELY,
              complaint == null ? null : complaint.words()));
    }
  }

  /** The words of a server that restarted and takes the request for the first of a session. */
  private static boolean forgot(Exchange exchange, McpServer server, String id) {
    return SessionRefusal.takesForFirst(exchange) && server.sessions().everWorked(id);
  }

  /** HTTP+SSE (2024-11-05): the session is part of the URL that the stream named. */
  private static boolean isOverWithStream(Exchange exchange, McpServer server) {
    int status = exchange.status();
    boolean refused = status == 400 || status == 404 || status == 410;
    return refused
        && server.progress().everConnected()
        && McpRequest.isMessage(exchange)
        && exchange.request().url().equals(server.postsTo());
  }

  private static Finding overWithStream(Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("stream-over")
        .confidence(Confidence.LIKELY)
        .actor(Actor.HOST)
        .message(
            "The server answered "
                + exchange.status()
                + " to a POST at the URL that its event stream named and that worked before. In the"
                + " older transport (HTTP+SSE) a session lives as long as its stream: it ended, and"
                + " your application goes on with the session.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "202")
        .step(
            "Your application: when the event stream ends, open it again, take the new endpoint and send"
                + " initialize (most SDKs: recreate the client)")
        .step("Network: raise the idle timeout for text/event-stream, if that is what ends it")
        .step("User: reconnect the server; or use Streamable HTTP, where the server offers it")
        .build();
  }

  private static boolean worked(Exchange exchange, McpServer server, String id) {
    return server.sessions().hasWorked(id)
        && exchange.responseBody().isEmpty()
        && exchange.responseBody().complete()
        && exchange.headerBytes() < 4096;
  }

  /** Clients take the session from the answer to initialize, and from no other. */
  private static Finding renamed(Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("renamed")
        .confidence(Confidence.LIKELY)
        .actor(Actor.MCP_SERVER)
        .message(
            "The server answers 404 to the session that it opened; the answer to a later request had"
                + " named another one (Mcp-Session-Id), which clients take from the answer to"
                + " initialize only.")
        .saw(exchange.id(), "response.status", "404", "the session of initialize")
        .step(
            "MCP server: keep the session that the answer to initialize names, and name no other in"
                + " later answers (a transport that is made anew for each request does)")
        .step("User: reconnect the server in your application")
        .build();
  }

  private static Finding finding(
      Exchange exchange, McpServer server, String cause, Confidence confidence) {
    return finding(exchange, server, cause, confidence, null);
  }

  private static Finding finding(
      Exchange exchange,
      McpServer server,
      String cause,
      Confidence confidence,
      @Nullable String said) {
    boolean host = cause.equals("host-ignores-404");
    boolean ended = host && server.sessions().isEnded(exchange.sessionId());
    boolean renamed = host && !ended && server.sessions().isRenamed(exchange.sessionId());
    if (renamed) {
      return renamed(exchange, server);
    }
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(ended ? "ended-by-host" : cause)
            .confidence(confidence)
            .quote(said)
            .actor(host ? Actor.HOST : Actor.MCP_SERVER)
            .message(
                ended
                    ? "Your application ended the session itself (DELETE), and goes on in it: the"
                        + " server answers 404."
                    : host
                        ? "The server answered 404 to the session more than once: it is over, but your application"
                            + " keeps using it."
                        : "The server answered "
                            + exchange.status()
                            + " to a request in a session that it does not know (any more); 404 is what"
                            + " makes a client start a new one.")
            .saw(
                exchange.id(),
                "response.status",
                String.valueOf(exchange.status()),
                host ? "a new initialize" : "404");
    if (ended) {
      finding.step(
          "Your application: begin a new session with initialize before the next call, or end the"
              + " session only once nothing more follows (a client that is closed while others use it)");
    } else if (host) {
      finding.step(
          "Your application: on 404 to a session id, send initialize without it, and repeat the call"
              + " (the Kotlin SDK does not; recreate the client)");
    } else {
      finding.step(
          "MCP server: answer 404 for unknown session ids; keep sessions over restarts, or"
              + " behind a load balancer use sticky routing");
    }
    return finding
        .step("User: reconnect the server in your application")
        .fixStep("starts a new session and carries the call over")
        .build();
  }
}

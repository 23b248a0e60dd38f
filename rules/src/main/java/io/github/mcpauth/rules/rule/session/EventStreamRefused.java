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
import io.github.mcpauth.rules.finding.Trait;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.McpRequest;
import java.time.Duration;
import java.util.Set;

/**
 * The optional GET stream is refused with something else than 405, while calls work: some hosts
 * take that for a failed server. 405 is normal, and a session that is over is another rule's.
 */
public final class EventStreamRefused implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "event-stream-refused",
              "The server refuses the optional event stream with the wrong status",
              Severity.NOTE,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Listening for Messages from the Server (405)",
              FixSafety.NONE)
          .asked(Phase.COMPLETED, Phase.CALLED)
          .followsFrom(
              RuleNames.SESSION_LOST, RuleNames.STALE_SESSION_AFTER_AUTH, RuleNames.NOT_ACCEPTABLE)
          .with(Trait.SEES_PLAIN_EXCHANGES);

  /** What an application asks for once it is connected. */
  private static final Set<String> WORK =
      Set.of("tools/list", "tools/call", "prompts/list", "resources/list", "ping");

  /** Answers of success without a stream, after which the application does not stop asking. */
  private static final int ENOUGH = 4;

  /** What waited that long for a stream's first byte has read it, and not passed it on. */
  private static final Duration LATE = Duration.ofSeconds(5);

  /** How long an application that goes on may pause. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void completed(Exchange exchange, McpServer server, Report report) {
    int status = exchange.status();
    if (!McpRequest.opensStream(exchange)) {
      return;
    }
    if (status == 405) {
      server.streamAges().none();
    } else if (status < 300) {
      noStream(exchange, server, report);
    }
    if (status < 400
        || status == 405
        || status == 429
        || status > 504
        || !server.progress().everConnected()) {
      return;
    }
    if (status >= 502) { // Where calls fail as well it is the way there: server-error.
      report.suspectUntilProven(
          INFO.name(),
          now -> now.progress().connectedBy() > exchange.id() ? notPassed(exchange, now) : null);
      return;
    }
    if (status == 409 && server.streamAges().areOver()) {
      // It may notice in time, and take the next one.
      report.suspect(
          INFO.name() + "-held",
          QUIET,
          now -> now.streamAges().openedBy() > exchange.id() ? null : oldStreamHeld(exchange, now));
      return;
    }
    if (status != 404) { // No stream either: as long as calls work, the session is there.
      report.suspectUntilProven(
          INFO.name(),
          now ->
              now.progress().connectedBy() > exchange.id() ? finding(exchange, now, true) : null);
    }
    // Some clients take anything but 405 for the end of all.
    report.suspect(
        INFO.name() + "-quiet",
        QUIET,
        now -> works(exchange, now) ? null : finding(exchange, now, false));
  }

  /** Whether the application goes on, or has done more than to connect before. */
  private static boolean works(Exchange exchange, McpServer server) {
    return server.progress().connectedBy() > exchange.id()
        || WORK.stream().anyMatch(each -> server.tokens().accepted().afterwards(each, 0));
  }

  /** Not a byte of an answer, while calls are answered. */
  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    boolean silent = call.isUnanswered() && call.sign() == Call.Sign.NOTHING;
    if (!call.isStream() || !silent || !server.progress().everConnected()) {
      return;
    }
    if (server.progress().connectedBy() > exchange.id()) {
      return; // A server without a word to say may send the head with the first event.
    }
    report.found(
        FindingBuilder.of(INFO, server)
            .cause("no-answer")
            .severity(Severity.WARNING)
            .confidence(Confidence.LIKELY)
            .message(
                "The GET for the event stream has had no answer, not even a head, for "
                    + call.took().toSeconds()
                    + " s, while requests by POST are answered"
                    + "; your application has sent nothing since: some clients wait for it before"
                    + " they go on.")
            .saw(exchange.id(), "response", "none", "405, or the head of a stream at once")
            .step(
                "MCP server: answer GET with 405 if it offers no stream, else send the head of the"
                    + " stream at once")
            .step("Network: switch off buffering for text/event-stream")
            .build());
  }

  /** Clients take the end of such an answer for the end of a stream, and open it anew. */
  private static void noStream(Exchange exchange, McpServer server, Report report) {
    ResponseHead response = exchange.response();
    if (response == null || response.isEventStream() || !server.progress().everConnected()) {
      return;
    }
    int times = server.streamAges().answeredOtherwise();
    if (times < ENOUGH) {
      return;
    }
    String type = response.mediaType();
    report.found(
        FindingBuilder.of(INFO, server)
            .cause("no-stream")
            .severity(Severity.WARNING)
            .confidence(Confidence.LIKELY)
            .message(
                times
                    + " GETs for the event stream in a row were answered "
                    + exchange.status()
                    + ", with "
                    + (type == null ? "no media type" : type)
                    + ": not an event stream. Your application takes the end of the answer for the"
                    + " end of a stream, and asks again and again.")
            .saw(
                exchange.id(),
                "response.header.content-type",
                type == null ? "absent" : type,
                "405, or text/event-stream")
            .step("MCP server: answer 405 to GET if it offers no stream, not " + exchange.status())
            .build());
  }

  /** Something in front answers for the server, and calls get through. */
  private static Finding notPassed(Exchange exchange, McpServer server) {
    boolean late = exchange.elapsed().compareTo(LATE) >= 0;
    return FindingBuilder.of(INFO, server)
        .cause("not-passed")
        .actor(late ? Actor.NETWORK : Actor.MCP_SERVER)
        .confidence(Confidence.POSSIBLE)
        .message(
            "The GET for the event stream got "
                + exchange.status()
                + (late ? " after " + exchange.elapsed().toSeconds() + " s" : "")
                + ", while calls by POST are answered"
                + (late
                    ? ": something in front waits for the end of the stream, or for its first bytes,"
                        + " and gives up. A stream may say nothing for long."
                    : ". A server without such a stream answers 405."))
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "405 or a stream")
        .step(
            "Network: pass text/event-stream on as it comes (no buffering of whole answers, a long"
                + " timeout for reading), or have GET answered 405")
        .step("MCP server: answer 405 to GET if it offers no stream, else send its head at once")
        .build();
  }

  /** Notifications of the server are lost from now on. */
  private static Finding oldStreamHeld(Exchange exchange, McpServer server) {
    return FindingBuilder.of(INFO, server)
        .cause("old-one-held")
        .severity(Severity.WARNING)
        .confidence(Confidence.LIKELY)
        .message(
            "The GET for the event stream got 409: the server takes one stream for a session, and"
                + " holds the one before to be open still. It is not: the connection was cut, or your"
                + " application closed it, and the server has not noticed.")
        .saw(exchange.id(), "response.status", "409", "a stream that replaces the old one")
        .step(
            "MCP server: let a new stream take the place of the old one; send a comment line (\":\")"
                + " as keep-alive every 15 s or so, which tells that a connection is gone")
        .step("Your application: until then, begin a new session with initialize")
        .build();
  }

  private static Finding finding(Exchange exchange, McpServer server, boolean goesOn) {
    if (exchange.status() == 409) {
      return FindingBuilder.of(INFO, server)
          .cause("already-open")
          .message(
              "The GET for the event stream got 409: in the server's eyes the session has a stream"
                  + " already, and it takes one only. The old one was not closed, or not noticed to"
                  + " be.")
          .saw(exchange.id(), "response.status", "409", "a stream that replaces the old one")
          .step(
              "Your application: close the old event stream before it opens another one in the session")
          .step("MCP server: let a new stream take the place of the old one")
          .build();
    }
    return FindingBuilder.of(INFO, server)
        .cause("wrong-status")
        .message(
            "The GET for the event stream got "
                + exchange.status()
                + (goesOn
                    ? ", while calls before and after it worked"
                    : ", and your application has sent no request since: some clients take that"
                        + " status for the end of the connection")
                + ". A server without such a stream answers 405.")
        .saw(exchange.id(), "response.status", String.valueOf(exchange.status()), "405 or a stream")
        .step("MCP server: answer 405 to GET if it offers no stream")
        .build();
  }
}

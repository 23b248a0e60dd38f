package io.github.mcpauth.rules.rule.transport;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.finding.Confidence;
import io.github.mcpauth.rules.finding.FindingBuilder;
import io.github.mcpauth.rules.finding.FixSafety;
import io.github.mcpauth.rules.finding.Phase;
import io.github.mcpauth.rules.finding.Report;
import io.github.mcpauth.rules.finding.Rule;
import io.github.mcpauth.rules.finding.RuleInfo;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.reading.Refusal;
import io.github.mcpauth.rules.reading.SessionRefusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request was taken, and its answer did not come as it must: something else came, or the
 * beginning of it. An answer on another stream disproves it, and so does a host that changes its
 * mind within five seconds. Where not a byte came it is another rule's.
 */
public final class CallUnanswered implements Rule {

  public static final RuleInfo INFO =
      new RuleInfo(
              "call-unanswered",
              "The server took a request, and its answer did not come",
              Severity.ERROR,
              Actor.MCP_SERVER,
              "MCP 2025-11-25, Transports: Sending Messages to the Server (items 5 and 6)",
              FixSafety.NONE)
          .asked(Phase.CALLED);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void called(Call call, Exchange exchange, McpServer server, Report report) {
    if (call.event() != null
        && !call.isStream()
        && (call.end() == Call.End.RESULT || call.end() == Call.End.ERROR)) {
      named(call.event(), call, exchange, report);
      return;
    }
    if (AnswerWithoutId.isOne(call, exchange)) {
      report.found(AnswerWithoutId.finding(INFO, call, exchange, server));
      return;
    }
    Call.Complaint complaint = call.complaint();
    if (complaint != null && SessionRefusal.isOfCall(call, exchange, server)) {
      return; // The rule session-lost's.
    }
    if (complaint != null && ErrorEvent.explains(call, server)) {
      report.found(ErrorEvent.finding(INFO, call, complaint, exchange, server));
      return;
    }
    String seen = call.isStream() || !call.isUnanswered() ? null : cause(call, exchange);
    if (seen == null || Refusal.asksForBrowser(exchange)) {
      return;
    }
    boolean older = exchange.request().url().equals(server.postsTo());
    String cause =
        !older || !seen.equals("accepted-only")
            ? seen
            : call.end() == Call.End.ACCEPTED ? "stream-gone" : "no-event";
    boolean waits = call.end() == Call.End.GIVEN_UP || call.end() == Call.End.OPEN;
    boolean working = cause.equals("still-working");
    FindingBuilder finding =
        FindingBuilder.of(INFO, server)
            .cause(cause)
            .severity(working ? Severity.WARNING : Severity.ERROR)
            .confidence(waits && !call.isQuick() ? Confidence.POSSIBLE : Confidence.LIKELY)
            .actor(actor(cause))
            .message("The request " + call.inWords() + seen(cause, call, exchange) + waited(call))
            .saw(exchange.id(), "call", call.end().label(), "an answer with the request's id");
    if (cause.equals("stream-ended") && call.event() != null) {
      finding.step(
          "MCP server: say what went wrong as the JSON-RPC error to the request, or, before the"
              + " stream begins, with the status (401, 403); look into its log for this request");
    }
    UnansweredSteps.add(cause, exchange, finding);
    report.found(finding.build());
  }

  /**
   * The answer came as an event that clients do not read as a message (WHATWG HTML §9.2.6: each
   * name has listeners of its own). A host that goes on has read it.
   */
  private static void named(String event, Call call, Exchange exchange, Report report) {
    boolean connects = call.method().equals("initialize");
    report.suspect(
        INFO.name() + "-event",
        Call.PATIENCE,
        now ->
            now.progress().saidBy() > exchange.id()
                ? null
                : FindingBuilder.of(INFO, now)
                    .cause("event-name")
                    .severity(connects ? Severity.ERROR : Severity.WARNING)
                    .confidence(Confidence.LIKELY)
                    .quote(call.said().isEmpty() ? null : call.said())
                    .message(
                        "The answer to "
                            + call.inWords()
                            + " came as an event with the name \""
                            + event
                            + "\", and your application has sent nothing since: clients read events"
                            + " without a name, or with the name message, only.")
                    .saw(exchange.id(), "event", event, "message, or none")
                    .step(
                        "MCP server: send each message, errors as well, as an event without a name,"
                            + " or with the name message")
                    .build());
  }

  private static @Nullable String cause(Call call, Exchange exchange) {
    return switch (call.end()) {
      case OTHER_ID -> "other-id";
      case ACCEPTED -> "accepted-only";
      case NO_MESSAGE -> "no-message";
      case BROKEN_EVENT -> "broken-event";
      case STREAM_ENDED -> "stream-ended";
      case STREAM_CUT -> "stream-cut";
      case TRUNCATED -> "truncated";
      case GIVEN_UP, OPEN -> {
        if (call.answer() != null) {
          yield "other-id";
        }
        if (call.sign() == Call.Sign.NOTHING) {
          yield null;
        }
        if (exchange.status() == 202 || exchange.status() == 204) {
          yield "accepted-only";
        }
        boolean alive = call.silence().compareTo(Call.PATIENCE) < 0;
        yield call.sign() == Call.Sign.HEAD
            ? "silence-after-head"
            : alive ? "still-working" : "stalled";
      }
      default -> null;
    };
  }

  private static Actor actor(String cause) {
    return switch (cause) {
      case "silence-after-head", "stream-cut", "stalled" -> Actor.NETWORK;
      case "still-working", "stream-gone" -> Actor.HOST;
      default -> Actor.MCP_SERVER;
    };
  }

  private static String seen(String cause, Call call, Exchange exchange) {
    String length = exchange.responseHeaders().first("Content-Length");
    return switch (cause) {
      case "other-id" ->
          " has the id "
              + call.id()
              + "; the answer that came has another id: "
              + (call.answer() == null ? "?" : id(call, call.answer().id()))
              + ". A client cannot tell what it answers.";
      case "accepted-only" ->
          " was answered "
              + exchange.status()
              + " without a message, as if it were a notification; no answer came on any stream.";
      case "stream-gone" ->
          " was accepted ("
              + exchange.status()
              + "). In the older transport (HTTP+SSE) its answer comes on the event stream, and that"
              + " stream is no longer open.";
      case "no-event" ->
          " was accepted ("
              + exchange.status()
              + "). In the older transport (HTTP+SSE) its answer comes on the event stream, and no"
              + " event with it came.";
      case "no-message" ->
          " was answered "
              + exchange.status()
              + (UnansweredSteps.isStream(exchange)
                  ? " with Content-Type text/event-stream, and its body is JSON, not events (lines"
                      + " that begin with data:)."
                  : " with a body that is not one whole JSON-RPC message: broken JSON, an array"
                      + " (batch), or something else.");
      case "broken-event" ->
          " was answered with an event whose data begins as a JSON-RPC message and is no JSON: each line"
              + " of an event that belongs to its data begins with data:, and clients drop all others.";
      case "stream-ended" ->
          ": the event stream that its answer was to come on ended in good order after "
              + seconds(call.took())
              + ", without the answer."
              + (call.event() == null
                  ? ""
                  : " An event with the name \""
                      + call.event()
                      + "\" came, which clients do not read as a message.");
      case "stream-cut" ->
          ": the event stream was cut off after "
              + seconds(call.took())
              + ", in the middle of a chunk or between two; the answer is lost.";
      case "truncated" ->
          length == null
              ? ": its answer is truncated; the body was broken off before its end."
              : ": its answer is truncated; the body ended before the length that the head names"
                  + " (Content-Length "
                  + length
                  + ").";
      case "silence-after-head" ->
          " was answered "
              + exchange.status()
              + " with the head of "
              + (UnansweredSteps.isStream(exchange)
                  ? "an event stream, and then no event came"
                  : "a body, and then no body came")
              + ": something on the way buffers the answer, or the server does not write it.";
      case "still-working" ->
          " was still being worked on when your application gave up: the stream was alive.";
      default ->
          ": the event stream fell silent before the answer came, "
              + seconds(call.silence())
              + " ago.";
    };
  }

  /** Digits alike: then one of them is a text. */
  private static String id(Call call, @Nullable String other) {
    return other != null && other.equals(call.id())
        ? other + " as " + (call.answer() != null && call.answer().textId() ? "a text" : "a number")
        : String.valueOf(other);
  }

  private static String waited(Call call) {
    return switch (call.end()) {
      case GIVEN_UP -> " Your application gave up after " + seconds(call.took()) + ".";
      case OPEN -> " It has waited for " + seconds(call.took()) + " so far.";
      default -> "";
    };
  }

  static String seconds(Duration time) {
    long ms = time.toMillis();
    return ms < 1000 ? ms + " ms" : ms / 1000 + " s";
  }
}

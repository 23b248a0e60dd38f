package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.console.Console;
import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.FindingEvents;
import io.github.mcpauth.agent.log.LogEvent;
import io.github.mcpauth.agent.log.LogEvents;
import io.github.mcpauth.agent.log.LogLevel;
import io.github.mcpauth.agent.log.LogWriter;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.ServerStatus;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.SseEvent;
import io.github.mcpauth.rules.mcp.SseParser;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the entries of the queue into events of the log; owned by the recorder's thread. */
final class EntryWriter implements RepeatedFindings.Sink, EventStreams.Sink {

  private static final int MOST_SHOWN = 1000;
  private static final byte[] END_OF_EVENT = {'\n', '\n'};

  private final Settings settings;
  private final @Nullable Console console;
  private final LogWriter log;
  private final EventStreams streams = new EventStreams(this);
  private final AnsweredRequests requests = new AnsweredRequests();
  private final Set<String> shownFixes = new HashSet<>();
  private long lines;

  EntryWriter(RecorderSetup.Session session, PrintStream err) {
    this.settings = session.settings();
    this.console = settings.console() == Settings.Console.OFF ? null : new Console(err, columns());
    this.log = new LogWriter(settings, this::notice, session.started());
  }

  private static @Nullable String columns() {
    try {
      return System.getenv("COLUMNS");
    } catch (SecurityException e) {
      return null; // A policy that does not let us look.
    }
  }

  private void notice(SafeRecord line) {
    if (console != null) {
      console.say(line);
    }
  }

  /** The text without what is secret in it. */
  String safe(String text) {
    return log.safe(text);
  }

  /** How many messages were written, of which an entry may bring any number. */
  long lines() {
    return lines;
  }

  /** The exchange is about to be quoted. */
  void learn(Exchange exchange) {
    log.learn(exchange);
  }

  /** Events in a part of a stream, of which one or the other may be cut, are about to be quoted. */
  void learn(byte[] streamed) {
    SseParser parser =
        new SseParser(
            EventStreams.LONGEST_EVENT,
            event -> log.learn(event.data().getBytes(StandardCharsets.UTF_8)));
    parser.feed(streamed, 0, streamed.length);
    parser.feed(END_OF_EVENT, 0, END_OF_EVENT.length);
  }

  void failed(Instant at, Map<Field, Object> fields) {
    log.writeOrHold(new LogEvent(EventName.AGENT_ERROR, at, LogLevel.WARN, fields));
  }

  void switchedOff(Instant at, Map<Field, Object> fields) {
    SafeRecord written = log.write(new LogEvent(EventName.AGENT_ERROR, at, LogLevel.WARN, fields));
    log.say(
        "switched off for "
            + written.text(Field.HOOK_NAME.key())
            + " after errors of its own (the last: "
            + written.text(Field.ERROR_TYPE.key())
            + ": "
            + written.text(Field.ERROR_MESSAGE.key())
            + "). The program goes on without it; please report this with the log.");
  }

  /** MCP may go over HTTP clients that are not watched. */
  void blind(Instant at, List<String> clients) {
    log.writeOrHold(
        new LogEvent(EventName.AGENT_BLIND, at, LogLevel.WARN, Map.of(Field.UNWATCHED, clients)));
    log.say(UnwatchedClients.inWords(clients));
  }

  /** An entry could not be made a line of, which is an error of ours. */
  void unwritten(Throwable error) {
    log.lost();
    failed(
        Instant.now(),
        Map.of(
            Field.HOOK_NAME,
            "recorder",
            Field.ERROR_TYPE,
            error.getClass().getName(),
            Field.ERROR_MESSAGE,
            String.valueOf(error.getMessage())));
  }

  void sent(Instant at, Exchange exchange, @Nullable String serverUrl) {
    messages(at, exchange, "sent", JsonRpc.of(exchange.requestBody()), serverUrl);
  }

  void exchange(Instant at, Exchange exchange, @Nullable String serverUrl) {
    learn(exchange);
    SafeRecord written = log.write(LogEvents.exchange(at, exchange, serverUrl));
    showLine(EventName.HTTP_EXCHANGE, at, written);
    ResponseHead response = exchange.response();
    if (response == null || exchange.role() != Role.MCP) {
      return;
    }
    if (response.isEventStream()) {
      streams.opened(exchange, serverUrl);
    } else {
      messages(at, exchange, "received", JsonRpc.of(exchange.responseBody()), serverUrl);
    }
  }

  /** An event of a stream is whole. */
  @Override
  public void take(SseEvent event, Exchange exchange, @Nullable String serverUrl) {
    byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
    log.learn(data);
    messages(Instant.now(), exchange, "received", JsonRpc.parse(data), serverUrl);
  }

  private void messages(
      Instant at,
      Exchange exchange,
      String direction,
      List<JsonRpcMessage> messages,
      @Nullable String serverUrl) {
    lines += messages.size();
    for (JsonRpcMessage message : messages) {
      String method = requests.method(message, serverUrl, direction);
      SafeRecord written =
          log.write(LogEvents.message(at, exchange, direction, message, method, serverUrl));
      showLine(EventName.MCP_MESSAGE, at, written);
    }
  }

  private void showLine(EventName name, Instant at, SafeRecord written) {
    if (console != null && settings.console() == Settings.Console.ALL) {
      console.line(name, at, written);
    }
  }

  void streamed(Instant at, long exchangeId, long offset, byte[] bytes) {
    long lost = streams.feed(exchangeId, offset, bytes);
    if (lost > 0) {
      Map<Field, Object> gap = Map.of(Field.EXCHANGE_ID, exchangeId, Field.GAP_STREAM_BYTES, lost);
      log.write(new LogEvent(EventName.AGENT_GAP, at, LogLevel.WARN, gap));
    }
  }

  void streamEnded(long exchangeId) {
    streams.closed(exchangeId);
  }

  void found(Instant at, Finding finding) {
    SafeRecord written = log.write(FindingEvents.found(at, finding));
    if (console != null && finding.severity() != Severity.NOTE) {
      console.finding(written, log.where());
    }
  }

  void linked(Instant at, Finding finding, String cause, long causedBy) {
    log.write(FindingEvents.linked(at, finding, cause, causedBy));
  }

  /** A finding was seen again, that many times in all. */
  @Override
  public void take(Finding finding, long count) {
    log.write(FindingEvents.repeated(Instant.now(), finding, count));
  }

  void called(Instant at, Call call, String serverUrl, int others) {
    log.write(LogEvents.call(at, call, serverUrl, others));
  }

  void moved(Instant at, StateChange change) {
    log.write(FindingEvents.moved(at, change));
  }

  void stands(Instant at, ServerStatus status) {
    SafeRecord written = log.write(FindingEvents.stands(at, status));
    if (console != null) {
      console.status(written, log.where());
    }
  }

  void fixed(Instant at, FixReport report) {
    log.write(FindingEvents.fixed(at, report));
    boolean dry = report.mode() == FixMode.DRY_RUN;
    String text =
        (dry ? "fix (dry run) [" : "fix [")
            + report.rule()
            + (dry ? "] would have " : "] ")
            + report.action();
    if (report.skipped() == null && shownFixes.size() < MOST_SHOWN && shownFixes.add(text)) {
      log.say(text);
    }
  }

  /** How the log stands once all that came before is written. */
  RecorderThread.Written written() {
    return new RecorderThread.Written(log.isOpen(), log.file(), log.run());
  }

  /**
   * Tells of what was lost.
   *
   * @param drops entries that never came here, by kind
   */
  void gap(Map<String, Long> drops) {
    log.gap(Instant.now(), drops);
  }

  /** The last line, and the file is closed; nothing where no line was written. */
  void stop() {
    log.stop();
  }
}

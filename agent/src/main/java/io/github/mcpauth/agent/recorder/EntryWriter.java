package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.agent.log.LogEvents;
import io.github.mcpauth.agent.log.LogWriter;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.Finding;
import io.github.mcpauth.rules.finding.FixMode;
import io.github.mcpauth.rules.finding.Severity;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what the host's threads left into lines of the journal; owned by the recorder's worker. */
final class EntryWriter implements RepeatedFindings.Sink {

  private final Settings settings;
  private final LogWriter journal;
  private final EventStreams conversations = new EventStreams();
  private final Set<String> shownFixes = new HashSet<>();

  EntryWriter(RecorderSetup.Session session, PrintStream err) {
    this.settings = session.settings();
    this.journal = new LogWriter(settings, err, session.started());
  }

  void agent(Instant at, String event, Map<String, Object> fields) {
    journal.writeOrHold(at, event, fields);
  }

  void switchedOff(Instant at, Map<String, Object> fields) {
    SafeRecord written = journal.write(at, "agent.error", "WARN", fields);
    journal.say(
        "switched off for "
            + written.text("mcpauth.hook")
            + " after errors of its own (the last: "
            + written.text("error.type")
            + ": "
            + written.text("error.message")
            + "). The program goes on without it; please report this with the log.");
  }

  /** A note could not be made a line of, which is an error of ours. */
  void unwritten(Throwable error) {
    journal.lost();
    Map<String, Object> fields =
        Map.of(
            "mcpauth.where",
            "recorder",
            "error.type",
            error.getClass().getName(),
            "error.message",
            String.valueOf(error.getMessage()));
    journal.writeOrHold(Instant.now(), "agent.error", fields);
  }

  /** The exchange is about to be quoted. */
  void learn(Exchange exchange) {
    journal.learn(exchange);
  }

  void sent(Instant at, Exchange exchange, @Nullable String serverUrl) {
    messages(at, exchange.id(), "sent", exchange.requestBody().bytes(), serverUrl);
  }

  void exchange(Instant at, Exchange exchange, @Nullable String serverUrl) {
    learn(exchange);
    ResponseHead response = exchange.response();
    boolean failed = exchange.failure() != null || exchange.status() >= 400;
    String level = failed ? "WARN" : "INFO";
    journal.write(at, "http.exchange", level, LogEvents.exchange(exchange, serverUrl));
    if (settings.console() == Settings.Console.ALL) {
      journal.say(
          exchange.role().label() + " " + exchange.request().method() + " " + exchange.status());
    }
    if (response == null || exchange.role() != Role.MCP) {
      return;
    }
    if (response.isEventStream()) {
      conversations.opened(
          exchange.id(),
          serverUrl,
          (event, server) -> {
            byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
            messages(Instant.now(), exchange.id(), "received", data, server);
          });
    } else {
      messages(at, exchange.id(), "received", exchange.responseBody().bytes(), serverUrl);
    }
  }

  private void messages(
      Instant at, long exchangeId, String direction, byte[] body, @Nullable String serverUrl) {
    for (JsonRpcMessage message : JsonRpc.parse(body)) {
      String method = conversations.method(message, serverUrl, direction);
      String level = message.errorCode() == null ? "INFO" : "WARN";
      Map<String, @Nullable Object> fields =
          LogEvents.message(exchangeId, direction, message, method, serverUrl);
      journal.write(at, "mcp.message", level, fields);
    }
  }

  void streamed(long exchangeId, byte[] bytes) {
    conversations.feed(exchangeId, bytes);
  }

  void streamEnded(long exchangeId) {
    conversations.closed(exchangeId);
  }

  void found(Instant at, Finding finding) {
    SafeRecord written =
        journal.write(at, "finding", LogEvents.level(finding), LogEvents.finding(finding, 1));
    if (finding.severity() != Severity.NOTE) {
      journal.show(written);
    }
  }

  void linked(Instant at, Finding finding, String cause, long causedBy) {
    Map<String, @Nullable Object> fields = LogEvents.finding(finding, 1);
    fields.put("mcpauth.finding.follows", cause);
    fields.put("mcpauth.finding.follows.exchange_id", causedBy);
    journal.write(at, "finding.linked", "INFO", fields);
  }

  /** A finding was seen again, that many times in all. */
  @Override
  public void take(Finding finding, long count) {
    Map<String, @Nullable Object> fields = LogEvents.finding(finding, count);
    journal.write(Instant.now(), "finding.repeated", LogEvents.level(finding), fields);
  }

  void moved(Instant at, StateChange change) {
    journal.write(at, "server.state", "INFO", LogEvents.state(change));
  }

  void fixed(Instant at, FixReport report) {
    boolean applied = report.skipped() == null;
    journal.write(at, applied ? "fix.applied" : "fix.skipped", "INFO", LogEvents.fix(report));
    boolean dry = report.mode() == FixMode.DRY_RUN;
    String text =
        (dry ? "fix (dry run) [" : "fix [")
            + report.rule()
            + (dry ? "] would have " : "] ")
            + report.action();
    if (applied && shownFixes.add(text)) {
      journal.say(text);
    }
  }

  /**
   * Tells of what was lost.
   *
   * @param drops notes that never came here, by kind
   */
  void gap(Map<String, Long> drops) {
    journal.gap(Instant.now(), drops);
  }

  /** The last line, and the file is closed; nothing where no line was written. */
  void stop() {
    if (journal.isOpen()) {
      Map<String, Object> counters =
          Map.of("mcpauth.counters", new LinkedHashMap<>(journal.written()));
      journal.write(Instant.now(), "agent.stopped", "INFO", counters);
      journal.close();
    }
  }
}

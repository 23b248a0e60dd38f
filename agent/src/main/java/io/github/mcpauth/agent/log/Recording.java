package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.exchange.Recorder;
import io.github.mcpauth.agent.log.Inbox.Kind;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.diagnosis.Finding;
import io.github.mcpauth.rules.diagnosis.Severity;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.FixMode;
import io.github.mcpauth.rules.fix.FixReport;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.journey.StateChange;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorder: the host's threads leave facts in the inbox, one daemon thread parses, redacts and
 * writes them. Nothing here blocks the host, and nothing is written before the first exchange.
 */
public final class Recording implements Recorder {

  private static final Duration IDLE = Duration.ofMillis(400);

  private final PrintStream err;
  private final Setup setup;
  private final Inbox inbox = new Inbox();
  private final Repeats repeats = new Repeats();
  private final Thread worker;
  private volatile boolean closing;

  // Owned by the worker.
  private Setup.@Nullable Session session;
  private @Nullable Journal journal;
  private final Conversations conversations = new Conversations();
  private final Set<String> shownFixes = new HashSet<>();

  private Recording(PrintStream err, Setup setup) {
    this.err = err;
    this.setup = setup;
    this.worker = new Thread(this::work, "mcpauth-recorder");
    worker.setDaemon(true);
    // The host's context class loader would be inherited, and pinned.
    worker.setContextClassLoader(Recording.class.getClassLoader());
  }

  /** Starts the worker, which first of all does the setup. */
  public static Recording start(PrintStream err, Setup setup) {
    Recording recording = new Recording(err, setup);
    recording.worker.start();
    return recording;
  }

  @Override
  public void agent(String event, Map<String, Object> fields) {
    Instant now = Instant.now();
    inbox.offer(Kind.AGENT, 0, () -> journal().writeOrHold(now, event, fields));
  }

  @Override
  public void ruleFailed(String rule, Throwable error) {
    agent("agent.error", Map.of("mcpauth.rule", rule, "error.type", error.getClass().getName()));
  }

  @Override
  public void sent(Exchange exchange, @Nullable String serverUrl) {
    Instant now = Instant.now();
    int size = exchange.requestBody().bytes().length;
    inbox.offer(
        Kind.MESSAGE,
        size,
        () -> messages(now, exchange.id(), "sent", exchange.requestBody().bytes(), serverUrl));
  }

  @Override
  public void exchange(Exchange exchange, @Nullable String serverUrl) {
    Instant now = Instant.now();
    int size = exchange.requestBody().bytes().length + exchange.responseBody().bytes().length;
    inbox.offer(Kind.EXCHANGE, size, () -> take(now, exchange, serverUrl));
  }

  private void take(Instant now, Exchange exchange, @Nullable String serverUrl) {
    ResponseHead response = exchange.response();
    boolean failed = exchange.failure() != null || exchange.status() >= 400;
    journal()
        .write(now, "http.exchange", failed ? "WARN" : "INFO", Facts.exchange(exchange, serverUrl));
    if (session().settings().console() == Settings.Console.ALL) {
      journal()
          .say(
              exchange.role().label()
                  + " "
                  + exchange.request().method()
                  + " "
                  + exchange.status());
    }
    if (response == null || exchange.role() != Role.MCP) {
      return;
    }
    if (response.isEventStream()) {
      conversations.opened(
          exchange.id(),
          serverUrl,
          (event, server) ->
              messages(Instant.now(), exchange.id(), "received", event.data(), server));
    } else {
      messages(now, exchange.id(), "received", exchange.responseBody().bytes(), serverUrl);
    }
  }

  private void messages(
      Instant now, long exchangeId, String direction, String data, @Nullable String serverUrl) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    messages(now, exchangeId, direction, bytes, serverUrl);
  }

  private void messages(
      Instant now, long exchangeId, String direction, byte[] body, @Nullable String serverUrl) {
    for (JsonRpcMessage message : JsonRpc.parse(body)) {
      String method = conversations.method(message, serverUrl, direction);
      journal()
          .write(
              now,
              "mcp.message",
              message.errorCode() == null ? "INFO" : "WARN",
              Facts.message(exchangeId, direction, message, method, serverUrl));
    }
  }

  @Override
  public void streamed(long exchangeId, byte[] bytes) {
    inbox.offer(Kind.STREAM, bytes.length, () -> conversations.feed(exchangeId, bytes));
  }

  @Override
  public void streamEnded(long exchangeId) {
    inbox.offer(Kind.STATE, 0, () -> conversations.closed(exchangeId));
  }

  @Override
  public void found(Finding finding) {
    Instant now = Instant.now();
    inbox.offer(
        Kind.FINDING,
        0,
        () -> {
          Journal open = journal();
          SafeRecord written =
              open.write(now, "finding", Facts.level(finding), Facts.finding(finding, 1));
          if (finding.severity() != Severity.NOTE) {
            open.show(written);
          }
        });
  }

  @Override
  public void repeated(Finding finding, long count) {
    repeats.note(finding, count);
  }

  @Override
  public void linked(Finding finding, String cause, long causedBy) {
    Instant now = Instant.now();
    Map<String, @Nullable Object> fields = Facts.finding(finding, 1);
    fields.put("mcpauth.finding.follows", cause);
    fields.put("mcpauth.finding.follows.exchange_id", causedBy);
    inbox.offer(Kind.FINDING, 0, () -> journal().write(now, "finding.linked", "INFO", fields));
  }

  @Override
  public void moved(StateChange change) {
    Instant now = Instant.now();
    inbox.offer(
        Kind.STATE, 0, () -> journal().write(now, "server.state", "INFO", Facts.state(change)));
  }

  @Override
  public void fixed(FixReport report) {
    Instant now = Instant.now();
    inbox.offer(Kind.FIX, 0, () -> fix(now, report));
  }

  private void fix(Instant now, FixReport report) {
    boolean applied = report.skipped() == null;
    String event = applied ? "fix.applied" : "fix.skipped";
    journal().write(now, event, "INFO", Facts.fix(report));
    String text =
        (report.mode() == FixMode.DRY_RUN ? "fix (dry run) [" : "fix [")
            + report.rule()
            + (report.mode() == FixMode.DRY_RUN ? "] would have " : "] ")
            + report.action();
    if (applied && shownFixes.add(text)) {
      journal().say(text);
    }
  }

  private Journal journal() {
    Journal open = journal;
    if (open == null) {
      open = new Journal(session().settings(), err, session().started());
      journal = open;
    }
    return open;
  }

  private Setup.Session session() {
    Setup.Session prepared = session;
    if (prepared == null) {
      throw new IllegalStateException("asked for before the setup");
    }
    return prepared;
  }

  private void work() {
    session = setup.prepare(this);
    if (session == null) {
      return;
    }
    if (!closing) {
      Safely.run(Rehearsal::play);
    }
    Safely.run(this::journal);
    while (true) {
      try {
        Runnable task = inbox.poll(closing ? Duration.ZERO : IDLE);
        if (task != null) {
          Safely.run(task::run);
        } else if (closing) {
          Safely.run(this::finish);
          return;
        }
        if (task == null) {
          Safely.run(this::idle);
        }
      } catch (InterruptedException e) {
        closing = true; // Nobody but us knows this thread; take it as an end.
      }
    }
  }

  private void idle() {
    session().tick().run();
    gaps();
    repeats.due(false, this::repeat);
  }

  private void repeat(Finding finding, long count) {
    Map<String, @Nullable Object> fields = Facts.finding(finding, count);
    journal().write(Instant.now(), "finding.repeated", Facts.level(finding), fields);
  }

  private void gaps() {
    if (journal != null) {
      journal.gap(Instant.now(), inbox.drops());
    }
  }

  private void finish() {
    repeats.due(true, this::repeat);
    gaps();
    Journal open = journal;
    if (open != null && open.isOpen()) {
      Map<String, Object> counters =
          Map.of("mcpauth.counters", new LinkedHashMap<>(open.written()));
      open.write(Instant.now(), "agent.stopped", "INFO", counters);
      open.close();
    }
  }

  /** Writes what is left, for at most that long; a JVM that left nothing does not wait. */
  public void close(Duration most) throws InterruptedException {
    closing = true;
    if (!inbox.wasUsed()) {
      return;
    }
    inbox.wake();
    worker.join(most.toMillis());
  }
}

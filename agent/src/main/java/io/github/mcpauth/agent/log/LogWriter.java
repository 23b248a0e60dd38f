package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.console.Console;
import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.agent.settings.Pid;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.exchange.Exchange;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines into the log, which it opens with the first of them; owned by the recorder's worker.
 * Where the file cannot be opened, that is said once and the lines are only counted.
 */
public final class LogWriter {

  private static final int MOST_HELD = 100;

  /** A line about ourselves that waits for the log to be opened. */
  private record Held(Instant time, String event, Map<String, ? extends @Nullable Object> raw) {}

  private final Settings settings;
  private final Redactor redactor;
  private final LineFormat lines;
  private final @Nullable Console console;
  private final Map<String, ? extends Object> started;
  private final Instant startedAt = Instant.now();
  private final Map<String, Long> written = new LinkedHashMap<>();
  private @Nullable LogFile file;
  private final List<Held> held = new ArrayList<>();
  private boolean opened;
  private boolean saidUnwritten;
  private long lost;
  private final Map<String, Long> dropped = new TreeMap<>();

  /**
   * @param started the fields of the first line
   */
  public LogWriter(Settings settings, PrintStream err, Map<String, ? extends Object> started) {
    this.settings = settings;
    this.started = started;
    this.redactor = new Redactor(level(settings.capture()), new Fingerprints());
    this.lines = new LineFormat(Pid.current());
    this.console = settings.console() == Settings.Console.OFF ? null : new Console(err);
  }

  private static Redactor.Level level(Settings.Capture capture) {
    return switch (capture) {
      case DEFAULT -> Redactor.Level.DEFAULT;
      case MINIMAL -> Redactor.Level.MINIMAL;
      case EVERYTHING -> Redactor.Level.EVERYTHING;
    };
  }

  /** Remembers the secrets of an exchange, so that no line shows them. */
  public void learn(Exchange exchange) {
    redactor.learn(exchange);
  }

  /** Redacts and writes a line; returns what was written, for the console. */
  public SafeRecord write(
      Instant time, String event, String level, Map<String, ? extends @Nullable Object> raw) {
    open();
    SafeRecord record = redactor.redact(raw);
    put(time, event, level, record);
    return record;
  }

  /** Writes a line about ourselves, or holds it back until there is a log: it opens none. */
  public void writeOrHold(Instant time, String event, Map<String, ? extends @Nullable Object> raw) {
    if (opened) {
      write(time, event, "WARN", raw);
    } else if (held.size() < MOST_HELD) {
      held.add(new Held(time, event, raw));
    }
  }

  /** Returns whether the line was written. */
  private boolean put(Instant time, String event, String level, SafeRecord record) {
    LogFile open = file;
    if (open != null) {
      IOException failure = open.write(lines.line(time, event, level, record));
      if (failure == null) {
        Long before = written.get(event);
        written.put(event, before == null ? 1 : before + 1);
        return true;
      }
      sayUnwritten(failure);
    }
    lost++;
    return false;
  }

  private void open() {
    if (opened) {
      return;
    }
    opened = true;
    String path = settings.logFile();
    try {
      file = new LogFile(Path.of(path), settings.logMaxSize(), settings.logMaxFiles());
    } catch (IOException | InvalidPathException e) {
      say(
          "cannot write the log "
              + path
              + " ("
              + e.getClass().getSimpleName()
              + "); set mcpauth.log.file to a path that can be written. Findings still come here.");
    }
    // First a line, then the promise: a full disk opens like any other.
    if (put(startedAt, "agent.started", "INFO", redactor.redact(started))) {
      say("logging to " + path);
    }
    for (String problem : settings.problems()) {
      say(problem);
    }
    for (Held each : held) {
      put(each.time(), each.event(), "WARN", redactor.redact(each.raw()));
    }
    held.clear();
  }

  /** Once a run: the same disk stays full for the next line. */
  private void sayUnwritten(IOException why) {
    if (!saidUnwritten) {
      saidUnwritten = true;
      String reason = why.getMessage();
      say(
          "writing the log "
              + settings.logFile()
              + " fails ("
              + (reason == null ? why.getClass().getSimpleName() : reason)
              + "): its lines are lost, and counted in agent.gap. Make room there, or set"
              + " mcpauth.log.file to another path. Findings still come here.");
    }
  }

  public boolean isOpen() {
    return opened;
  }

  /** A line for people, where the console is on. */
  public void say(String text) {
    if (console != null) {
      console.say(redactor.redact(Map.of("message", text)));
    }
  }

  public void show(SafeRecord finding) {
    if (console != null) {
      console.finding(finding);
    }
  }

  /**
   * Tells of lines that were lost since the last such line, if any; where this one is lost as well,
   * the next one tells of them.
   *
   * @param drops those that never came here, by kind
   */
  public void gap(Instant time, Map<String, Long> drops) {
    for (Map.Entry<String, Long> drop : drops.entrySet()) {
      dropped.merge(drop.getKey(), drop.getValue(), Long::sum);
    }
    long unwritten = lost;
    if (dropped.isEmpty() && unwritten == 0) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!dropped.isEmpty()) {
      fields.put("mcpauth.gap.dropped", new TreeMap<>(dropped));
      fields.put("mcpauth.gap.reason", "the queue was full");
    }
    if (unwritten > 0) {
      fields.put("mcpauth.gap.unwritten", unwritten);
    }
    open();
    boolean told = put(time, "agent.gap", "WARN", redactor.redact(fields));
    lost = told ? lost - unwritten : unwritten;
    if (told) {
      dropped.clear();
    }
  }

  /** Counts a line that could not be made. */
  public void lost() {
    lost++;
  }

  /** How many lines of each event were written. */
  public Map<String, Long> written() {
    return written;
  }

  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}

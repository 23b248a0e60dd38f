package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.Fingerprints;
import io.github.mcpauth.agent.redact.Redactor;
import io.github.mcpauth.agent.redact.SafeRecord;
import io.github.mcpauth.agent.settings.Pid;
import io.github.mcpauth.agent.settings.Settings;
import io.github.mcpauth.rules.exchange.Exchange;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into the log, which it opens with the first of them; owned by the recorder's
 * thread. Where the file cannot be opened, that is said once and the lines are only counted.
 */
public final class LogWriter {

  private static final int MOST_HELD = 100;

  private final Settings settings;
  private final Redactor redactor;
  private final LineFormat format;
  private final Notices notices;
  private final LogEvent started;
  private final Map<EventName, Long> written = new EnumMap<>(EventName.class);
  private final List<LogEvent> held = new ArrayList<>();
  private final LostLines lost = new LostLines();
  private @Nullable LogFile file;
  private boolean opened;
  private boolean saidUnwritten;

  /**
   * @param notices hears where the log is, and what is wrong with it
   * @param started the fields of the first line
   */
  public LogWriter(Settings settings, Notices notices, Map<Field, ? extends Object> started) {
    this.settings = settings;
    this.started = new LogEvent(EventName.AGENT_STARTED, Instant.now(), LogLevel.INFO, started);
    this.redactor = new Redactor(level(settings.capture()), new Fingerprints());
    this.format = new LineFormat(Pid.current(), redactor.redact(Origins.current()));
    this.notices = notices;
  }

  private static Redactor.Level level(Settings.Capture capture) {
    return switch (capture) {
      case DEFAULT -> Redactor.Level.DEFAULT;
      case MINIMAL -> Redactor.Level.MINIMAL;
      case EVERYTHING -> Redactor.Level.EVERYTHING;
    };
  }

  /** Redacts and writes a line; returns what was written, for the console. */
  public SafeRecord write(LogEvent event) {
    open();
    SafeRecord redacted = redactor.redact(event.raw());
    put(event, redacted);
    return redacted;
  }

  /** Writes a line about ourselves, or holds it back until there is a log: it opens none. */
  public void writeOrHold(LogEvent event) {
    if (opened) {
      write(event);
    } else if (held.size() < MOST_HELD) {
      held.add(event);
    }
  }

  /** Returns whether the line was written. */
  private boolean put(LogEvent event, SafeRecord redacted) {
    LogFile open = file;
    if (open != null) {
      IOException failure = open.write(format.line(event, redacted));
      lost.elsewhere(open.takeElsewhere());
      if (failure == null) {
        Long before = written.get(event.name());
        written.put(event.name(), before == null ? 1 : before + 1);
        return true;
      }
      sayUnwritten(open.path(), failure);
    }
    lost.unwritten();
    return false;
  }

  private void open() {
    if (opened) {
      return;
    }
    opened = true;
    file = file(settings.logFile());
    // First a line, then the promise: a full disk opens like any other.
    if (put(started, redactor.redact(started.raw())) && file != null) {
      say("logging to " + file.path());
    }
    for (String problem : settings.problems()) {
      say(problem);
    }
    for (LogEvent each : held) {
      put(each, redactor.redact(each.raw()));
    }
    held.clear();
  }

  /**
   * The log, else one in the folder for temporary files where nobody said where it is to be: a
   * container's user may have no home, or one that only reads. Null where neither can be written.
   */
  private @Nullable LogFile file(String path) {
    try {
      return open(path);
    } catch (IOException | InvalidPathException | SecurityException e) {
      LogFile other = settings.logFileGiven() ? null : inTemporaryFolder(path);
      say(
          "cannot write the log "
              + path
              + " ("
              + reason(e)
              + (other == null
                  ? "); set mcpauth.log.file to a path that can be written. Findings still come here."
                  : "); mcpauth.log.file sets another path. Until then:"));
      return other;
    }
  }

  private @Nullable LogFile inTemporaryFolder(String path) {
    try {
      Path name = Path.of(path).getFileName();
      return open(Path.of(System.getProperty("java.io.tmpdir", ""), name.toString()).toString());
    } catch (IOException | InvalidPathException | SecurityException e) {
      return null;
    }
  }

  private LogFile open(String path) throws IOException {
    return LogFile.open(
        Path.of(path), settings.logMaxSize(), settings.logMaxFiles(), Pid.current());
  }

  private static String reason(Exception why) {
    String message = why.getMessage();
    String name = why.getClass().getSimpleName();
    return message == null || !name.equals("IOException") ? name : message;
  }

  /** Once a run: the same disk stays full for the next line. */
  private void sayUnwritten(Path path, IOException why) {
    if (!saidUnwritten) {
      saidUnwritten = true;
      String reason = why.getMessage();
      say(
          "writing the log "
              + path
              + " fails ("
              + (reason == null ? why.getClass().getSimpleName() : reason)
              + "): its lines are lost, and counted in agent.gap. Make room there, or set"
              + " mcpauth.log.file to another path. Findings still come here.");
    }
  }

  /** Whether there was a line that opens the log, and be it in vain. */
  public boolean isOpen() {
    return opened;
  }

  /** The file that is written; null where there is none, or none yet. */
  public @Nullable Path file() {
    return file == null ? null : file.path();
  }

  /** What tells this run's lines from those of others in the same file. */
  public String run() {
    return format.run();
  }

  /** A line for people. */
  public void say(String text) {
    notices.say(redactor.redact(Map.of(Field.MESSAGE.key(), text)));
  }

  /** The text without what is secret in it. */
  public String safe(String text) {
    return redactor.redact(Map.of(Field.MESSAGE.key(), text)).text(Field.MESSAGE.key());
  }

  /** The log's path as a message for people; an empty one where there is no log. */
  public SafeRecord where() {
    String path = file == null ? "" : file.path().toString();
    return redactor.redact(Map.of(Field.MESSAGE.key(), path));
  }

  /** Remembers the secrets of an exchange, so that no line shows them. */
  public void learn(Exchange exchange) {
    redactor.learn(exchange);
  }

  /** Remembers the secrets of a message that an event stream brought. */
  public void learn(byte[] message) {
    redactor.learn(message);
  }

  /**
   * Tells of lines that were lost since the last such line, if any; where this one is lost as well,
   * the next one tells of them.
   *
   * @param drops those that never came here, by kind
   */
  public void gap(Instant at, Map<String, Long> drops) {
    lost.add(drops);
    if (lost.isEmpty()) {
      return;
    }
    open();
    LogEvent gap = new LogEvent(EventName.AGENT_GAP, at, LogLevel.WARN, lost.fields());
    long told = lost.linesElsewhere();
    if (put(gap, redactor.redact(gap.raw()))) {
      lost.clear(told);
    } else {
      lost.notUnwritten(); // The next such line tells of what this one would have told.
    }
  }

  /** Counts a line that could not be made. */
  public void lost() {
    lost.unwritten();
  }

  /** The last line, and the file is closed; nothing where no line was written. */
  public void stop() {
    if (opened) {
      Map<String, Object> counters = new LinkedHashMap<>();
      for (Map.Entry<EventName, Long> each : written.entrySet()) {
        counters.put(each.getKey().label().replace('.', '_'), each.getValue());
      }
      write(
          new LogEvent(
              EventName.AGENT_STOPPED,
              Instant.now(),
              LogLevel.INFO,
              Map.of(Field.COUNTERS, counters)));
      close();
    }
  }

  /** How many lines of each event were written. */
  Map<EventName, Long> written() {
    return written;
  }

  void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}

package io.github.mcpauth.agent.cli.terminal;

import io.github.mcpauth.agent.recording.Limits;
import io.github.mcpauth.agent.recording.LogSet;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.RecordingReader;
import io.github.mcpauth.agent.settings.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds and reads the logs that a command is to look at: those named, else the newest one. */
public final class LogChoice {

  /** From this size on, somebody who waits wants to see that something happens. */
  private static final long WORTH_WAITING = 8L << 20;

  private final Terminal terminal;
  private final Map<String, String> environment;

  public LogChoice(Terminal terminal) {
    this(terminal, System.getenv());
  }

  private LogChoice(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /**
   * The logs of that name.
   *
   * @param names none for the newest log, which is then named on standard error
   */
  public List<LogSet> logs(List<String> names) throws IOException {
    if (!names.isEmpty()) {
      return LogSet.of(names.stream().map(LogChoice::path).toList());
    }
    List<Path> folders = folders();
    Path newest = LogSet.newest(folders);
    if (newest == null) {
      throw new UsageException("no log in " + folders.get(0) + "; name one");
    }
    terminal.remark("log: " + newest);
    return LogSet.of(List.of(newest));
  }

  /** The log of a process in the default folder; null where there is none. */
  public static @Nullable LogSet ofProcess(long pid) throws IOException {
    Path folder = defaultFolder();
    if (!Files.isDirectory(folder)) {
      return null;
    }
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs =
          files
              .filter(file -> String.valueOf(file.getFileName()).endsWith("-" + pid + ".jsonl"))
              .sorted()
              .toList();
    }
    return logs.isEmpty() ? null : LogSet.of(List.of(logs.get(logs.size() - 1))).get(0);
  }

  private static Path defaultFolder() {
    return UserHome.logs();
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException("not a file's name: " + name);
    }
  }

  /** Where logs are by default, and where the environment has them written. */
  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    folders.add(defaultFolder());
    String set = environment.get("MCPAUTH_LOG_FILE");
    Path parent = set == null || set.isBlank() ? null : path(set).toAbsolutePath().getParent();
    if (parent != null) {
      folders.add(parent);
    }
    return folders;
  }

  /** Reads logs as far as they go, and says on standard error what could not be read. */
  public Recording read(List<LogSet> logs, Limits limits) throws IOException {
    long size = 0;
    for (LogSet log : logs) {
      size += log.size();
    }
    Progress progress = terminal.interactive() && size > WORTH_WAITING ? new Progress(size) : null;
    LongConsumer heard = progress == null ? bytes -> {} : progress;
    Recording recording = new RecordingReader(limits, heard).read(logs);
    if (progress != null) {
      progress.clear();
    }
    tell(recording);
    return recording;
  }

  private void tell(Recording recording) {
    if (recording.lines() == 0) {
      throw new UsageException(
          "no line of a log in " + recording.logs().get(0).log() + "; is it one of this agent's?");
    }
    if (recording.broken() > 0) {
      terminal.remark(
          recording.broken()
              + (recording.broken() == 1 ? " line is" : " lines are")
              + " not of a log (cut short, or something else) and left out");
    }
  }

  /** Shows on standard error how far reading has come. */
  private final class Progress implements LongConsumer {
    private final long total;
    private @Nullable String shown;

    Progress(long size) {
      this.total = Math.max(1, 2 * size);
    }

    @Override
    public void accept(long bytes) {
      String text = String.format(Locale.ROOT, "reading: %3d %%", 100 * bytes / total);
      if (!text.equals(shown)) {
        terminal.err().print("\r" + text);
        terminal.err().flush();
        shown = text;
      }
    }

    void clear() {
      terminal.err().print("\r" + " ".repeat(16) + "\r");
    }
  }
}

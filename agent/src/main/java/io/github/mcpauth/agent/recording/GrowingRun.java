package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.EventName;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.log.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The findings of one run that goes on. Asked again, it reads on where it stopped: the log may be
 * long by then.
 */
public final class GrowingRun {

  /** Of what is asked about the newest matter. */
  private static final int MOST = 1000;

  private final Path log;
  private final String id;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private @Nullable GrowingFile file;
  private long next;

  /**
   * @param id the run's; other runs may be in the same log
   */
  public GrowingRun(Path log, String id) {
    this.log = log;
    this.id = id;
  }

  /**
   * The run as lines of these findings and gaps alone tell it.
   *
   * @param which asked of findings, of their repeats and consequences, and of gaps
   * @throws IOException where the log cannot be read any more
   */
  public Run of(Predicate<LogLine> which) throws IOException {
    readOn();
    Run run = new Run(id, Limits.FINDINGS_ONLY, new Landmarks(0));
    for (LogLine line : lines) {
      if (which.test(line)) {
        run.add(line);
      }
    }
    return run;
  }

  private void readOn() throws IOException {
    GrowingFile known = file;
    if (known == null) {
      readAll();
      return;
    }
    long[] missing = {0};
    long broken = LogReader.read(known, line -> missing[0] += take(line));
    if (broken > 0 || missing[0] > 0) {
      known.close();
      readAll(); // A line was caught while it was written, or files were rolled more than once.
    }
  }

  private void readAll() throws IOException {
    file = null;
    lines.clear();
    next = 0;
    List<Path> files = LogSet.of(List.of(log)).get(0).files();
    for (Path rolled : files.subList(0, files.size() - 1)) {
      LogReader.read(rolled, this::take);
    }
    GrowingFile begun = new GrowingFile(log, () -> false);
    file = begun;
    LogReader.read(begun, this::take);
  }

  /** Returns how many lines are missing before this one. */
  private long take(LogLine line) {
    if (!line.text(Field.RUN_ID).equals(id)) {
      return 0;
    }
    long seq = LineValues.number(line, Field.SEQ);
    long missing = Math.max(0, seq - next);
    next = Math.max(next, seq + 1);
    EventName name = line.name();
    if (name == EventName.FINDING
        || name == EventName.FINDING_REPEATED
        || name == EventName.FINDING_LINKED
        || name == EventName.AGENT_GAP) {
      if (lines.size() >= MOST) {
        lines.removeFirst();
      }
      lines.add(line);
    }
    return missing;
  }
}

package io.github.mcpauth.agent.recording;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.log.LogReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns logs into a {@link Recording}, line by line and twice: first to see which exchanges matter,
 * then to keep those. Memory is bounded by {@link Limits}, whatever the logs' size.
 */
public final class RecordingReader {

  private final Limits limits;
  private final LongConsumer progress;

  public RecordingReader(Limits limits) {
    this(limits, bytes -> {});
  }

  /**
   * @param progress hears now and then how many bytes were read; in the end twice the logs' size
   */
  public RecordingReader(Limits limits, LongConsumer progress) {
    this.limits = limits;
    this.progress = progress;
  }

  /**
   * @throws IOException where a file cannot be read; what is in it never leads to one
   */
  public Recording read(List<LogSet> logs) throws IOException {
    Map<String, Landmarks> landmarks = new HashMap<>();
    Count count = new Count();
    if (limits.exchanges() > 0) {
      pass(logs, count, line -> landmarks(landmarks, line));
    }
    Map<String, Run> runs = new LinkedHashMap<>();
    Tally tally = new Tally();
    long broken =
        pass(
            logs,
            count,
            line -> {
              tally.lines++;
              Run run = run(runs, landmarks, line.text(Field.RUN_ID), tally);
              if (run != null) {
                run.add(line);
              }
            });
    return new Recording(logs, List.copyOf(runs.values()), tally.lines, broken, tally.runs.size());
  }

  private void landmarks(Map<String, Landmarks> landmarks, LogLine line) {
    String run = line.text(Field.RUN_ID);
    Landmarks ofRun = landmarks.get(run);
    if (ofRun == null && landmarks.size() < limits.runs()) {
      ofRun = new Landmarks(limits.exchanges());
      landmarks.put(run, ofRun);
    }
    if (ofRun != null) {
      ofRun.add(line);
    }
  }

  private @Nullable Run run(
      Map<String, Run> runs, Map<String, Landmarks> landmarks, String id, Tally tally) {
    Run run = runs.get(id);
    if (run == null) {
      if (tally.runs.size() < 100_000) {
        tally.runs.put(id, true);
      }
      if (runs.size() < limits.runs()) {
        Landmarks known = landmarks.get(id);
        run = new Run(id, limits, known == null ? new Landmarks(limits.exchanges()) : known);
        runs.put(id, run);
      }
    }
    return run;
  }

  private long pass(List<LogSet> logs, Count count, Consumer<LogLine> lines) throws IOException {
    long broken = 0;
    for (LogSet log : logs) {
      for (Path file : log.files()) {
        try (InputStream in = new Counting(Files.newInputStream(file), count, progress)) {
          broken += LogReader.read(in, lines);
        }
      }
    }
    return broken;
  }

  private static final class Tally {
    private long lines;
    private final Map<String, Boolean> runs = new HashMap<>();
  }

  private static final class Count {
    private long bytes;
  }

  /** Tells of what was read. */
  private static final class Counting extends FilterInputStream {
    private final Count count;
    private final LongConsumer progress;

    Counting(InputStream in, Count count, LongConsumer progress) {
      super(in);
      this.count = count;
      this.progress = progress;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        count.bytes += read;
        progress.accept(count.bytes);
      }
      return read;
    }
  }
}

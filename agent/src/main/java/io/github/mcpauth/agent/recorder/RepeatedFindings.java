package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.finding.Finding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Folds the repeats of a finding: a line with the count after a minute, then after two, four, and
 * so on up to four hours; the last at the end.
 */
final class RepeatedFindings {

  /** Takes a finding and how often it was seen. */
  interface Sink {
    void take(Finding finding, long count);
  }

  private static final long FIRST = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST = Duration.ofHours(4).toNanos();
  private static final int MOST = 1000;

  private static final class Repeat {
    Finding finding;
    long count;
    long told;
    long interval = FIRST;
    long due = System.nanoTime() + FIRST;

    Repeat(Finding finding) {
      this.finding = finding;
    }
  }

  private final Map<String, Repeat> repeats = new LinkedHashMap<>();

  synchronized void note(Finding finding, long count) {
    // A repaired one, a note, is another thing to tell.
    String key =
        finding.rule()
            + '|'
            + finding.serverUrl()
            + '|'
            + finding.subject()
            + '|'
            + finding.severity();
    Repeat repeat = repeats.get(key);
    if (repeat == null) {
      if (repeats.size() >= MOST) {
        repeats.remove(repeats.keySet().iterator().next()); // The oldest cause gives way.
      }
      repeat = new Repeat(finding);
      repeats.put(key, repeat);
    }
    if (repeat != null) {
      repeat.finding = finding;
      repeat.count = count;
    }
  }

  /** Hands over what is due, or everything that was not told yet. */
  synchronized void due(boolean all, Sink sink) {
    long now = System.nanoTime();
    for (Repeat repeat : repeats.values()) {
      if (repeat.count > repeat.told && (all || now - repeat.due >= 0)) {
        sink.take(repeat.finding, repeat.count);
        repeat.told = repeat.count;
        repeat.interval = Math.min(LONGEST, 2 * repeat.interval);
        repeat.due = now + repeat.interval;
      }
    }
  }
}

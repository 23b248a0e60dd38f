package io.github.mcpauth.agent.recording;

import java.util.List;

/**
 * What logs hold.
 *
 * @param logs where it was read
 * @param runs in the order in which they began
 * @param lines that were read, broken ones left out
 * @param broken lines that are none of a log: cut short, or something else
 * @param runsSeen how many runs there were; {@code runs} has the first
 */
public record Recording(List<LogSet> logs, List<Run> runs, long lines, long broken, int runsSeen) {

  public Recording {
    logs = List.copyOf(logs);
    runs = List.copyOf(runs);
  }

  /** The servers of all runs. */
  public List<LoggedServer> servers() {
    return runs.stream().flatMap(run -> run.servers().stream()).toList();
  }

  /** The findings of all runs. */
  public List<LoggedFinding> findings() {
    return runs.stream().flatMap(run -> run.findings().stream()).toList();
  }
}

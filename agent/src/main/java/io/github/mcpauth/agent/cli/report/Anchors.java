package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Run;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Names the places in a report that links lead to: made of numbers alone. */
final class Anchors {

  private final Map<LoggedExchange, String> names = new IdentityHashMap<>();
  private final Map<Run, Integer> runs = new IdentityHashMap<>();

  Anchors(List<Run> all) {
    for (Run run : all) {
      int number = runs.size() + 1;
      runs.put(run, number);
      for (LoggedExchange exchange : run.exchanges()) {
        names.put(exchange, "e" + number + "-" + exchange.number());
      }
    }
  }

  String of(LoggedExchange exchange) {
    return names.getOrDefault(exchange, "");
  }

  /** Counts from 1. */
  int number(Run run) {
    return runs.getOrDefault(run, 0);
  }
}

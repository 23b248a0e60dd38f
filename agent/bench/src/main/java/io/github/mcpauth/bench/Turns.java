package io.github.mcpauth.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how many of the calls a second that a host makes without an agent are left with one. On
 * two cores that client and server share, the same JVM makes 4,000 of them in one second and 10,000
 * in another, with no agent in it: the scheduler, the compilers and whoever else is on the machine
 * decide. So a run with an agent is not compared with a run without one of a minute before. The
 * JVMs of all agents stay, work in turns of a few seconds while the others wait, and each turn is
 * compared with that of the JVM without an agent beside it. JVMs differ for as long as they live,
 * too: in one, each call wakes OkHttp's thread that looks after idle connections (a third of a
 * core), in the next, hardly any does. So there are several rounds.
 */
final class Turns {

  private static final String THREADS = "4";

  /**
   * Milliseconds without a pause until the compilers are done, which takes 25 s on two busy cores,
   * and with an agent, which gives them more to do, 45 s. Turns would not do: each pause has the
   * agent watch every call again, which is what is compiled then.
   */
  private static final String WARM_UP = "59000 1000";

  /** So many turns are not counted: what they have compiled had no turn before. */
  private static final int SKIPPED = 2;

  private static final int COUNTED = 10;

  /**
   * Milliseconds that are skipped, and counted. After a pause the agent watches every call again
   * until it is too much for it, and a host in an overload makes none.
   */
  private static final String TURN = "1000 2000";

  private final Runner runner;
  private final List<Agent> agents;
  private final Map<Agent, List<Double>> calls = new LinkedHashMap<>();
  private final Map<Agent, List<Double>> ratios = new LinkedHashMap<>();
  private final Map<Agent, Double> failed = new LinkedHashMap<>();

  /**
   * @param agents the first of them none
   */
  Turns(Runner runner, List<Agent> agents) {
    this.runner = runner;
    this.agents = agents;
  }

  /** One JVM for each agent, from its start to its end. */
  void round(String client) throws IOException, InterruptedException {
    Map<Agent, Waiting> programs = new LinkedHashMap<>();
    for (Agent agent : agents) {
      programs.put(agent, runner.start(agent, "Overload", client, runner.server(), THREADS));
    }
    List<Map.Entry<Agent, Waiting>> order = new ArrayList<>(programs.entrySet());
    for (Map.Entry<Agent, Waiting> next : order) {
      next.getValue().turn(WARM_UP);
      System.err.print('.');
    }
    for (int turn = -SKIPPED; turn < COUNTED; turn++) {
      Map<Agent, List<Double>> printed = new LinkedHashMap<>();
      for (Map.Entry<Agent, Waiting> next : order) {
        printed.put(next.getKey(), next.getValue().turn(TURN));
        System.err.print('.');
      }
      if (turn >= 0) {
        count(printed);
      }
      Collections.reverse(order); // A drift of the machine's speed is to favour none of them.
    }
    for (Waiting program : programs.values()) {
      program.end();
    }
    runner.clear();
    System.err.println();
  }

  private void count(Map<Agent, List<Double>> printed) {
    double without = printed.getOrDefault(Agent.NONE, List.of()).get(0);
    printed.forEach(
        (agent, numbers) -> {
          calls.computeIfAbsent(agent, key -> new ArrayList<>()).add(numbers.get(0));
          ratios.computeIfAbsent(agent, key -> new ArrayList<>()).add(numbers.get(0) / without);
          failed.merge(agent, numbers.get(1), Double::sum);
        });
  }

  /** Of each agent: calls a second, the ratio turn by turn, and how many calls failed. */
  String rows(String client) {
    StringBuilder text = new StringBuilder();
    for (Agent agent : agents) {
      List<Double> own = ratios.getOrDefault(agent, List.of()).stream().sorted().toList();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s, %s | %.0f | ×%.2f | ×%.2f to ×%.2f | %.0f |%n",
              client,
              agent.name(),
              Table.median(calls.getOrDefault(agent, List.of())),
              Table.median(own),
              own.get(own.size() / 4),
              own.get(own.size() - 1 - own.size() / 4),
              failed.getOrDefault(agent, 0.0)));
    }
    return text.toString();
  }
}

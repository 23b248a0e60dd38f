package io.github.mcpauth.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a program that waits for its turns, in a JVM for each agent. On two cores that client and
 * server share, the same JVM makes 4,000 calls in one second and 10,000 in another, with no agent
 * in it: the scheduler, the compilers and whoever else is on the machine decide. So a run with an
 * agent is not compared with a run without one of a minute before. The JVMs of all agents stay,
 * work in turns of a few seconds while the others wait, and each turn is compared with that of the
 * JVM without an agent beside it.
 */
final class Turns {

  /** So many turns are not counted: what they have compiled had no turn before. */
  private static final int SKIPPED = 2;

  private static final int COUNTED = 10;

  /** Takes what each agent's program printed of a turn. */
  interface Count {
    void take(Map<Agent, List<Double>> printed);
  }

  private final Runner runner;
  private final List<Agent> agents;

  Turns(Runner runner, List<Agent> agents) {
    this.runner = runner;
    this.agents = agents;
  }

  /**
   * What a round is made of, as lines for the program's stdin.
   *
   * @param warmUp the first turn of each, until the compilers are done
   * @param together whether all JVMs warm up at once: where that leaves them time to
   * @param turn each other one
   */
  record Plan(String warmUp, boolean together, String turn) {}

  /** One JVM for each agent, from its start to its end. */
  void round(Plan plan, Count count, String program, String... arguments)
      throws IOException, InterruptedException {
    Map<Agent, Waiting> programs = new LinkedHashMap<>();
    for (Agent agent : agents) {
      programs.put(agent, runner.start(agent, program, arguments));
    }
    warmUp(plan, programs);
    List<Map.Entry<Agent, Waiting>> order = new ArrayList<>(programs.entrySet());
    for (int turn = -SKIPPED; turn < COUNTED; turn++) {
      Map<Agent, List<Double>> printed = new LinkedHashMap<>();
      for (Map.Entry<Agent, Waiting> next : order) {
        printed.put(next.getKey(), next.getValue().turn(plan.turn()));
        System.err.print('.');
      }
      if (turn >= 0) {
        count.take(printed);
      }
      Collections.reverse(order); // A drift of the machine's speed is to favour none of them.
    }
    for (Waiting each : programs.values()) {
      each.end();
    }
    runner.clear();
    System.err.println();
  }

  private static void warmUp(Plan plan, Map<Agent, Waiting> programs) throws IOException {
    for (Waiting each : programs.values()) {
      each.begin(plan.warmUp());
      if (!plan.together()) {
        each.printed();
        System.err.print('.');
      }
    }
    for (Waiting each : plan.together() ? programs.values() : List.<Waiting>of()) {
      each.printed();
      System.err.print('.');
    }
  }
}

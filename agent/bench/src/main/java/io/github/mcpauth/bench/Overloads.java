package io.github.mcpauth.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how many of the calls a second that a host makes without an agent are left with one,
 * turn by turn. JVMs differ for as long as they live, too: in one, each call wakes OkHttp's thread
 * that looks after idle connections (a third of a core), in the next, hardly any does. So there are
 * several rounds.
 */
final class Overloads {

  private static final String THREADS = "4";

  /**
   * In milliseconds, as {@link io.github.mcpauth.bench.program.Overload} takes them: skipped, and
   * counted. The warm-up is without a pause until the compilers are done, which takes 25 s on two
   * busy cores, and with an agent, which gives them more to do, 45 s. Turns would not do: each
   * pause has the agent watch every call again, which is what is compiled then. After a pause it
   * does until that is too much for it, and a host in an overload makes none.
   */
  private static final Turns.Plan PLAN = new Turns.Plan("59000 1000", false, "1000 2000");

  private final Runner runner;
  private final List<Agent> agents;
  private final Map<Agent, List<Double>> calls = new LinkedHashMap<>();
  private final Map<Agent, List<Double>> ratios = new LinkedHashMap<>();
  private final Map<Agent, Double> failed = new LinkedHashMap<>();

  /**
   * @param agents the first of them none
   */
  Overloads(Runner runner, List<Agent> agents) {
    this.runner = runner;
    this.agents = agents;
  }

  void round(String client) throws IOException, InterruptedException {
    new Turns(runner, agents)
        .round(PLAN, this::count, "Overload", client, runner.server(), THREADS);
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

package io.github.mcpauth.bench;

import io.github.mcpauth.bench.program.FirstUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs every program under every agent, each once a round in an order of its own, so that a machine
 * that slows down slows all of them down, and prints the medians. Its arguments come from the run
 * script.
 */
public final class Bench {

  private static final String MS = "ms";
  private static final String MB = "MB";
  private static final String US = "µs";

  /**
   * As many to warm up as it takes until the compilers are done with all that writes a line; in
   * turns of two seconds.
   */
  private static final Turns.Plan REQUESTS = new Turns.Plan("20000", true, "500");

  private final Runner runner;
  private final List<Agent> agents;
  private final int rounds;
  private final Set<String> only;
  private final String jar;
  private final Table table;
  private final Random order = new Random(1);

  private Bench(Runner runner, List<Agent> agents, int rounds, Set<String> only, String jar) {
    this.runner = runner;
    this.agents = agents;
    this.rounds = rounds;
    this.only = only;
    this.jar = jar;
    this.table = new Table(agents);
  }

  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[4]);
    Set<String> without = Set.of(args[3].split(","));
    List<Agent> agents = new ArrayList<>();
    agents.add(Agent.NONE);
    if (!without.contains("empty")) {
      agents.add(Agent.empty(target.resolve("empty-agent.jar")));
    }
    if (!args[6].isEmpty()) {
      agents.add(new Agent("against", args[6], List.of()));
    }
    agents.add(new Agent("mcp-auth", args[5], List.of()));
    if (!args[7].isEmpty()) {
      agents.add(Agent.openTelemetry(args[7]));
    }
    try (Runner runner = new Runner(args[0], target, args[8])) {
      new Bench(runner, agents, Integer.parseInt(args[1]), Set.of(args[2].split(",")), args[5])
          .run();
    }
  }

  private void run() throws IOException, InterruptedException {
    if (only.contains("hello")) {
      timed("hello world, no HTTP", "Hello");
    }
    if (only.contains("jdk")) {
      timed("first exchange, java.net.http", "First", "jdk", runner.server());
    }
    if (only.contains("okhttp")) {
      timed("first exchange, OkHttp", "First", "okhttp", runner.server());
    }
    if (only.contains("memory")) {
      for (String client : List.of("jdk", "okhttp")) {
        measure(
            agent -> {
              double kilobytes =
                  runner.run(agent, "First", client, runner.server(), "memory").printed().get(0);
              table.add("resident after it, " + client, MB, agent, kilobytes / 1024);
            });
      }
    }
    if (only.contains("hooks")) {
      for (String client : List.of("jdk", "okhttp")) {
        measure(
            agent -> {
              Run run = runner.run(agent, "Hooks", client, runner.server(), "20000");
              table.add(
                  "unrelated request, " + client + ", hooks", US, agent, run.printed().get(0));
            });
      }
    }
    for (String client : clients("requests")) {
      requests(client, "other", "unrelated request");
      requests(client, "mcp", "MCP exchange");
    }
    System.out.println(table);
    System.out.println(new Budgets(table));
    List<String> overloaded = clients("overload");
    if (!overloaded.isEmpty()) {
      overload(overloaded);
    }
    if (only.contains("examine")) {
      examine();
    }
    if (only.contains("constructs")) {
      constructs();
    }
  }

  /** Those with which something is to be measured: it may be asked for with one of them. */
  private List<String> clients(String what) {
    return Stream.of("jdk", "okhttp")
        .filter(client -> only.contains(what) || only.contains(what + "-" + client))
        .toList();
  }

  /** The least of all runs: what disturbs a first use only adds to it. */
  private void constructs() throws IOException, InterruptedException {
    System.out.println(
        "| first use of (ms of CPU) | as in the agent | plainer | saves |\n|---|---|---|---|");
    for (String name : FirstUse.names()) {
      double[] least = {Double.MAX_VALUE, Double.MAX_VALUE};
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < 2; i++) {
          Run run = runner.run(Agent.NONE, "FirstUse", name, i == 0 ? "agent" : "plain", jar);
          least[i] = Math.min(least[i], run.printed().get(0));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %.1f |%n",
          name,
          least[0],
          least[1],
          least[1] - least[0]);
    }
  }

  private void timed(String what, String program, String... arguments)
      throws IOException, InterruptedException {
    measure(
        agent -> {
          Run run = runner.run(agent, program, arguments);
          table.add(what + ", wall", MS, agent, run.wallMillis());
          if (run.cpuMillis() > 0) {
            table.add(what + ", CPU", MS, agent, run.cpuMillis());
          }
        });
  }

  private void requests(String client, String kind, String what)
      throws IOException, InterruptedException {
    Turns turns = new Turns(runner, agents);
    for (int round = 0; round < rounds; round++) {
      turns.round(
          REQUESTS,
          printed ->
              printed.forEach(
                  (agent, numbers) -> {
                    String begin = what + ", " + client;
                    table.add(begin + ", latency", US, agent, numbers.get(0));
                    table.add(begin + ", thread's CPU", US, agent, numbers.get(1));
                  }),
          "Requests",
          client,
          runner.server(),
          kind);
    }
  }

  /** As many calls as go: the agent is to lose lines rather than cost the host calls. */
  private void overload(List<String> clients) throws IOException, InterruptedException {
    System.out.println(
        "| four threads without pause | calls/s | ratio, turn by turn | half of the turns | failed |"
            + "\n|---|---|---|---|---|");
    for (String client : clients) {
      Overloads overloads = new Overloads(runner, agents);
      for (int round = 0; round < rounds; round++) {
        overloads.round(client);
      }
      System.out.print(overloads.rows(client));
    }
  }

  private void examine() throws IOException, InterruptedException {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      micros.add(runner.run(Agent.NONE, "Examine", "20000").printed().get(0));
    }
    System.out.printf("the rules alone, one MCP exchange: %.1f µs%n", Table.median(micros));
  }

  /** One measurement under one agent. */
  private interface Measurement {
    void take(Agent agent) throws IOException, InterruptedException;
  }

  private void measure(Measurement measurement) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      // What runs before another one has an effect on it, so none comes always after the same.
      List<Agent> turn = new ArrayList<>(agents);
      Collections.shuffle(turn, order);
      for (Agent agent : turn) {
        measurement.take(agent);
        System.err.print('.');
      }
    }
    System.err.println();
  }
}

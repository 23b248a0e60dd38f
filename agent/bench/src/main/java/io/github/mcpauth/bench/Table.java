package io.github.mcpauth.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Medians by measurement and agent. Differences to no agent are medians of the differences round by
 * round, which a drift of the machine's speed does not touch; ratios are of the medians.
 */
final class Table {

  private final List<Agent> agents;
  private final Map<String, Map<Agent, List<Double>>> rows = new LinkedHashMap<>();

  Table(List<Agent> agents) {
    this.agents = agents;
  }

  void add(String what, String unit, Agent agent, double value) {
    rows.computeIfAbsent(what + " (" + unit + ")", key -> new LinkedHashMap<>())
        .computeIfAbsent(agent, key -> new ArrayList<>())
        .add(value);
  }

  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /**
   * The median of the differences between two agents, round by round; NaN where one was left out.
   *
   * @param what a measurement and its unit, as in the table's first column
   */
  double difference(String what, String agent, String base) {
    return median(differences(values(what, agent), values(what, base)));
  }

  private List<Double> values(String what, String name) {
    return rows.getOrDefault(what, Map.of()).entrySet().stream()
        .filter(column -> column.getKey().name().equals(name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("| median (difference, ratio to none) |");
    agents.forEach(agent -> text.append(' ').append(agent.name()).append(" |"));
    text.append("\n|---|").append("---|".repeat(agents.size())).append('\n');
    rows.forEach(
        (what, values) -> {
          text.append("| ").append(what).append(" |");
          agents.forEach(agent -> text.append(cell(values, agent)));
          text.append('\n');
        });
    return text.toString();
  }

  private static String cell(Map<Agent, List<Double>> values, Agent agent) {
    List<Double> own = values.getOrDefault(agent, List.of());
    List<Double> none = values.getOrDefault(Agent.NONE, List.of());
    double median = median(own);
    if (agent.equals(Agent.NONE)) {
      return String.format(Locale.ROOT, " %.1f |", median);
    }
    String difference = String.format(Locale.ROOT, "%+.1f", median(differences(own, none)));
    double base = median(none);
    // A ratio to what takes no time says nothing.
    String ratio = base < 0.05 ? "" : String.format(Locale.ROOT, ", ×%.2f", median / base);
    return String.format(Locale.ROOT, " %.1f (%s%s) |", median, difference, ratio);
  }

  private static List<Double> differences(List<Double> own, List<Double> base) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(own.size(), base.size()); i++) {
      differences.add(own.get(i) - base.get(i));
    }
    return differences;
  }
}

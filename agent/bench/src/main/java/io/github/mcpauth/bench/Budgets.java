package io.github.mcpauth.bench;

import java.util.List;
import java.util.Locale;

/**
 * Holds what the agent adds to an empty one against its budgets. A budget in milliseconds is worth
 * what the machine is worth that it was set on; there OpenTelemetry's agent added so much. What it
 * adds here, in the same run, says what the budget comes to on this machine.
 */
final class Budgets {

  /**
   * @param what the row of the table
   * @param most what the agent may add to an empty one, in the row's unit
   * @param yardstick what OpenTelemetry's agent added where the budget was set; 0 where the speed
   *     of the machine is of no account
   */
  private record Budget(String what, double most, double yardstick) {}

  private static final List<Budget> BUDGETS =
      List.of(
          new Budget("hello world, no HTTP, wall (ms)", 10, 2700),
          new Budget("first exchange, java.net.http, wall (ms)", 100, 3400),
          new Budget("first exchange, OkHttp, wall (ms)", 100, 3400),
          new Budget("resident after it, jdk (MB)", 20, 0),
          new Budget("resident after it, okhttp (MB)", 20, 0));

  private final Table table;

  Budgets(Table table) {
    this.table = table;
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("| added to an empty agent | at most | at this speed | mcp-auth |")
            .append(" OpenTelemetry |\n|---|---|---|---|---|\n");
    for (Budget budget : BUDGETS) {
      double ours = table.difference(budget.what(), "mcp-auth", "empty");
      double theirs = table.difference(budget.what(), "OpenTelemetry", "empty");
      if (!Double.isNaN(ours)) {
        double here = budget.yardstick() == 0 ? Double.NaN : theirs / budget.yardstick();
        text.append("| ").append(budget.what()).append(" |");
        for (double each : new double[] {budget.most(), budget.most() * here, ours, theirs}) {
          text.append(Double.isNaN(each) ? " |" : String.format(Locale.ROOT, " %+.1f |", each));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}

package io.github.mcpauth.agent.cli.diff;

import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedExchange;
import io.github.mcpauth.agent.recording.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a run that can be found again in another one, where ports, ids and times are others.
 *
 * @param what the same for what is the same step: {@code "mcp POST tools/list"}
 * @param outcome a status, or why there is none
 */
record Step(String what, String outcome, LoggedExchange exchange) {

  /** The steps of a run; event streams are left out, as they open at any time. */
  static List<Step> of(Run run) {
    List<Step> steps = new ArrayList<>();
    for (LoggedExchange exchange : run.exchanges()) {
      boolean stream = exchange.role().equals("mcp") && exchange.method().equals("GET");
      if (!stream) {
        steps.add(of(exchange));
      }
    }
    return steps;
  }

  private static Step of(LoggedExchange exchange) {
    String message = "";
    for (LogLine line : exchange.messages()) {
      if (line.text(Field.DIRECTION).equals("sent")) {
        message = " " + line.text(Field.METHOD) + " " + line.text(Field.TOOL);
        break;
      }
    }
    String outcome = exchange.status() == 0 ? "no answer" : String.valueOf(exchange.status());
    String failure = exchange.failure().isEmpty() ? "" : ", " + exchange.failure();
    return new Step(
        (exchange.role() + " " + exchange.method() + message).strip(), outcome + failure, exchange);
  }

  boolean isLike(Step other) {
    return what.equals(other.what) && outcome.equals(other.outcome);
  }

  /** For people. */
  String inWords() {
    return "#" + exchange.number() + " " + what + ": " + outcome;
  }
}

package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.recording.LoggedServer;
import io.github.mcpauth.agent.recording.Recording;
import io.github.mcpauth.agent.recording.Run;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes flows as sequence diagrams of Mermaid, in which no text can become a part of the drawing.
 */
final class Mermaid {

  /** The flow with the most steps of all runs and servers. */
  static String of(Recording recording) {
    Flow longest = new Flow(List.of(), 0);
    for (Run run : recording.runs()) {
      for (LoggedServer server : run.servers()) {
        Flow flow = Flow.of(run, server.url());
        longest = flow.arrows().size() > longest.arrows().size() ? flow : longest;
      }
    }
    return of(longest);
  }

  static String of(Flow flow) {
    StringBuilder text = new StringBuilder("sequenceDiagram\n");
    Set<Participant> lanes = EnumSet.of(Participant.APPLICATION, Participant.MCP_SERVER);
    flow.arrows().forEach(arrow -> lanes.addAll(Set.of(arrow.from(), arrow.to())));
    for (Participant lane : lanes) {
      text.append("  participant ").append(lane.name()).append(" as ").append(lane.title());
      text.append('\n');
    }
    for (Arrow arrow : flow.arrows()) {
      String number = arrow.exchange() == null ? "" : arrow.exchange().number() + ". ";
      String times = arrow.count() > 1 ? " (" + arrow.count() + " times)" : "";
      String kind = arrow.isInferred() ? "-->>" : "->>";
      text.append("  ").append(arrow.from().name()).append(kind).append(arrow.to().name());
      text.append(": ").append(escaped(number + arrow.label() + times)).append('\n');
      String back = arrow.failed() ? "--x" : "-->>";
      text.append("  ").append(arrow.to().name()).append(back).append(arrow.from().name());
      text.append(": ").append(escaped(arrow.outcome())).append('\n');
    }
    if (flow.left() > 0) {
      text.append("  Note over APPLICATION: ").append(flow.left()).append(" more steps\n");
    }
    return text.toString();
  }

  /** Anything but letters, digits and what never means something to Mermaid, by its number. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    Plain.text(text)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " ./_-?=".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append('#').append(c).append(';');
              }
            });
    return escaped.isEmpty() ? "-" : escaped.toString();
  }

  private Mermaid() {}
}

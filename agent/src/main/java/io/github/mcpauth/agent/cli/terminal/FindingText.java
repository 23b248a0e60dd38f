package io.github.mcpauth.agent.cli.terminal;

import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.console.FindingBlock.Entry;
import io.github.mcpauth.agent.console.FindingBlock.Kind;
import java.util.List;

/** Prints a finding to a terminal. */
public final class FindingText {

  private static final int LABEL = 13;
  private static final int WIDEST = 100;

  private final Terminal terminal;
  private final int width;

  public FindingText(Terminal terminal) {
    this.terminal = terminal;
    this.width = Math.min(terminal.width(), WIDEST);
  }

  /** The block, and an empty line. */
  public void print(FindingBlock block) {
    String severity = Plain.text(block.severity());
    String rule = Plain.text(block.rule());
    List<String> head =
        Wrapping.wrap(severity + " [" + rule + "] " + Plain.text(block.title()), width);
    String first = head.get(0);
    if (first.startsWith(severity)) {
      first = terminal.style(style(severity), severity) + first.substring(severity.length());
    }
    terminal.out().println(first);
    head.stream().skip(1).forEach(line -> terminal.out().println(line));
    for (Entry entry : block.entries()) {
      print(entry);
    }
    terminal.out().println();
  }

  public static Style style(String severity) {
    return switch (severity) {
      case "error" -> Style.ERROR;
      case "warning" -> Style.WARNING;
      default -> Style.FAINT;
    };
  }

  private void print(Entry entry) {
    int step = 1;
    for (String text : entry.texts()) {
      boolean steps = entry.kind() == Kind.REMEDY && entry.texts().size() > 1;
      String label = "  " + (step == 1 ? entry.kind().label() + ":" : "");
      String lead = label + " ".repeat(Math.max(1, LABEL + 2 - label.length()));
      String shown = (steps ? step + ". " : "") + Plain.text(text);
      String indent = " ".repeat(LABEL + 2);
      for (String line : Wrapping.wrap(shown, width - LABEL - 2)) {
        terminal.out().println(lead + line);
        lead = indent;
      }
      step++;
    }
  }
}

package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.Checked;
import io.github.mcpauth.agent.check.Reaction;
import io.github.mcpauth.agent.check.target.Target;
import io.github.mcpauth.agent.check.walk.Step;
import io.github.mcpauth.agent.cli.terminal.FindingText;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a check for a person: the funnel as it goes, then what was found. */
final class CheckedText {

  private static final int INDENT = 22;
  private static final int WIDEST = 110;

  private final Terminal terminal;
  private final boolean shown;
  private final int width;

  /**
   * @param shown whether anything is to be printed; with another format nothing is
   */
  CheckedText(Terminal terminal, boolean shown) {
    this.terminal = terminal;
    this.shown = shown;
    this.width = Math.min(terminal.width(), WIDEST);
  }

  void begin(Target target) {
    if (shown) {
      String name = target.name().isEmpty() ? "" : target.name() + ": ";
      terminal.out().println(terminal.style(Style.STRONG, Plain.text(name + target.shown())));
      terminal.out().flush();
    }
  }

  void step(Step step) {
    if (!shown) {
      return;
    }
    String rules = step.rules().isEmpty() ? "" : " [" + String.join("] [", step.rules()) + "]";
    String stage = step.stage();
    String lead = " " + stage + " ".repeat(Math.max(1, INDENT - 4 - stage.length()));
    String mark = "  " + terminal.style(style(step.mark()), step.mark().sign());
    for (String line : Wrapping.wrap(Plain.text(step.text()) + rules, width - INDENT)) {
      terminal.out().println(mark + lead + line);
      mark = "";
      lead = " ".repeat(INDENT);
    }
    terminal.out().flush();
  }

  private static Style style(Step.Mark mark) {
    return switch (mark) {
      case GOOD -> Style.GOOD;
      case NOTE -> Style.WARNING;
      case BAD -> Style.ERROR;
      case NONE -> Style.FAINT;
    };
  }

  void end(Checked checked) {
    if (!shown) {
      return;
    }
    Step.Mark mark =
        checked.fails(false)
            ? Step.Mark.BAD
            : checked.fails(true) ? Step.Mark.NOTE : Step.Mark.GOOD;
    String lead = "=> ";
    for (String line : Wrapping.wrap(checked.verdict(), width - lead.length())) {
      terminal.out().println(terminal.style(style(mark), lead + line));
      lead = "   ";
    }
    terminal.out().println();
    for (LoggedFinding finding : checked.findings()) {
      new FindingText(terminal).print(FindingBlock.of(finding.line().fields(), finding.count()));
    }
    clients(Reaction.of(checked));
    terminal.out().flush();
  }

  private void clients(List<Reaction> reactions) {
    if (reactions.isEmpty()) {
      return;
    }
    terminal.out().println("What clients make of it:");
    for (Reaction each : reactions) {
      String rule = each.rule().isEmpty() ? "" : " [" + each.rule() + "]";
      String source = each.source().isEmpty() ? "" : " (" + each.source() + ")";
      String text =
          each.client() + " " + each.effect().words() + ": it " + each.words() + rule + source;
      String lead = "  ";
      for (String line : Wrapping.wrap(text, width - 4)) {
        terminal.out().println(lead + line);
        lead = "    ";
      }
    }
    terminal.out().println();
  }

  void summary(List<Checked> all, @Nullable Path log) {
    List<LoggedFinding> findings = all.stream().flatMap(each -> each.findings().stream()).toList();
    terminal
        .out()
        .println(
            count(findings, "error")
                + ", "
                + count(findings, "warning")
                + ", "
                + count(findings, "note")
                + " in "
                + all.size()
                + (all.size() == 1 ? " server" : " servers"));
    if (!findings.isEmpty()) {
      String rule = Plain.text(findings.get(0).rule());
      terminal.out().println("more: " + Terminal.PROGRAM + " explain " + rule);
    }
    if (log != null) {
      terminal.out().println("log:  " + Plain.text(log.toString()));
    }
  }

  private static String count(List<LoggedFinding> findings, String severity) {
    long count = findings.stream().filter(each -> each.severity().equals(severity)).count();
    return count + " " + severity + (count == 1 ? "" : "s");
  }
}

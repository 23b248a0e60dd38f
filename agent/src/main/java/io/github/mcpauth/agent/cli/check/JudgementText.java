package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.cli.terminal.FindingText;
import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.agent.cli.terminal.Terminal;
import io.github.mcpauth.agent.cli.terminal.Terminal.Style;
import io.github.mcpauth.agent.cli.terminal.Wrapping;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.ServerVerdict;
import java.util.List;

/** Prints a judgement for a person: each server in a line, then what was found. */
final class JudgementText {

  private final Terminal terminal;

  JudgementText(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Judgement judgement) {
    for (ServerVerdict verdict : judgement.verdicts()) {
      line(verdict);
    }
    terminal.out().println();
    List<LoggedFinding> findings = judgement.findings();
    for (LoggedFinding finding : findings) {
      new FindingText(terminal).print(FindingBlock.of(finding.line().fields(), finding.count()));
    }
    terminal.out().println(judgement.summary());
    if (!findings.isEmpty()) {
      String rule = Plain.text(findings.get(0).rule());
      terminal.out().println("more: " + Terminal.PROGRAM + " explain " + rule);
    }
  }

  private void line(ServerVerdict verdict) {
    String mark =
        switch (verdict.standing()) {
          case WORKS -> terminal.style(Style.GOOD, "✔");
          case WORKS_WITH_FINDINGS -> terminal.style(Style.WARNING, "!");
          case NOT_CONNECTED -> terminal.style(Style.ERROR, "✘");
          case OPEN -> "?";
        };
    String url = Plain.text(verdict.server().url());
    terminal.out().println(mark + " " + url + ": " + verdict.standing().words());
    if (verdict.standing() != ServerVerdict.Standing.WORKS) {
      String actor = verdict.actor();
      String who = actor.isEmpty() ? "" : " (" + FindingBlock.actor(actor) + " must act)";
      int width = Math.min(terminal.width(), 100);
      if (!verdict.why().isEmpty()) {
        for (String each : Wrapping.wrap(Plain.text(verdict.why() + who), width - 2)) {
          terminal.out().println("  " + each);
        }
      }
    }
  }
}

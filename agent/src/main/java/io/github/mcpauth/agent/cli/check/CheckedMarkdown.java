package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.check.Checked;
import io.github.mcpauth.agent.check.Reaction;
import io.github.mcpauth.agent.check.walk.Step;
import io.github.mcpauth.agent.cli.markdown.FindingMarkdown;
import io.github.mcpauth.agent.cli.markdown.Markdown;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import java.util.List;

/** Writes checks as Markdown, for a pull request or a bug report. */
final class CheckedMarkdown {

  static String of(List<Checked> all) {
    StringBuilder text = new StringBuilder();
    for (Checked checked : all) {
      String url = checked.walked().target().shown();
      text.append("## ").append(Markdown.code(url)).append(": ");
      text.append(Markdown.text(checked.verdict())).append("\n\n");
      text.append("| | step | |\n|---|---|---|\n");
      for (Step step : checked.walked().steps()) {
        text.append("| ").append(step.mark().sign()).append(" | ").append(step.stage());
        text.append(" | ").append(Markdown.text(step.text()));
        for (String rule : step.rules()) {
          text.append(' ').append(Markdown.code(rule));
        }
        text.append(" |\n");
      }
      text.append('\n');
      for (LoggedFinding finding : checked.findings()) {
        FindingBlock block = FindingBlock.of(finding.line().fields(), finding.count());
        text.append(FindingMarkdown.of(block, "###"));
      }
      for (Reaction each : Reaction.of(checked)) {
        text.append("- ").append(Markdown.text(each.client() + " " + each.effect().words()));
        text.append(": it ").append(Markdown.text(each.words())).append('\n');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private CheckedMarkdown() {}
}

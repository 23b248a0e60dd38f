package io.github.mcpauth.agent.cli.check;

import io.github.mcpauth.agent.cli.markdown.FindingMarkdown;
import io.github.mcpauth.agent.cli.markdown.Markdown;
import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.recording.LoggedFinding;
import io.github.mcpauth.agent.recording.ServerVerdict;

/** Writes a judgement as Markdown, for a pull request's comment. */
final class JudgementMarkdown {

  static String of(Judgement judgement) {
    StringBuilder text = new StringBuilder("## MCP servers: ");
    text.append(judgement.summary()).append("\n\n");
    text.append("| server | stands | why | who must act |\n|---|---|---|---|\n");
    for (ServerVerdict verdict : judgement.verdicts()) {
      String actor = verdict.actor();
      text.append("| ").append(Markdown.code(verdict.server().url()));
      text.append(" | ").append(verdict.standing().words());
      text.append(" | ").append(Markdown.text(verdict.why()));
      text.append(" | ");
      text.append(actor.isEmpty() ? "" : Markdown.text(FindingBlock.actor(actor))).append(" |\n");
    }
    text.append('\n');
    for (LoggedFinding finding : judgement.findings()) {
      FindingBlock block = FindingBlock.of(finding.line().fields(), finding.count());
      text.append(FindingMarkdown.of(block, "###"));
    }
    return text.toString();
  }

  private JudgementMarkdown() {}
}

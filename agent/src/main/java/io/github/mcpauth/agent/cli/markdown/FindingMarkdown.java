package io.github.mcpauth.agent.cli.markdown;

import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.console.FindingBlock.Entry;
import io.github.mcpauth.agent.console.FindingBlock.Kind;

/** Writes a finding as Markdown. */
public final class FindingMarkdown {

  /**
   * A section.
   *
   * @param heading its level: {@code "###"}
   */
  public static String of(FindingBlock block, String heading) {
    StringBuilder text = new StringBuilder();
    text.append(heading).append(' ').append(Markdown.text(block.title())).append("\n\n");
    text.append(Markdown.text(block.severity())).append(", rule ");
    text.append(Markdown.code(block.rule())).append("\n\n");
    for (Entry entry : block.entries()) {
      if (entry.texts().size() == 1) {
        text.append("- **").append(entry.kind().label()).append(":** ");
        text.append(shown(entry.kind(), entry.texts().get(0))).append('\n');
      } else {
        text.append("- **").append(entry.kind().label()).append(":**\n");
        int step = 1;
        for (String each : entry.texts()) {
          text.append("   ").append(entry.kind() == Kind.REMEDY ? step++ + ". " : "- ");
          text.append(shown(entry.kind(), each)).append('\n');
        }
      }
    }
    return text.append('\n').toString();
  }

  private static String shown(Kind kind, String text) {
    boolean code = kind == Kind.SERVER || kind == Kind.QUOTE || isSeen(kind);
    return code ? Markdown.code(text) : Markdown.text(text);
  }

  private static boolean isSeen(Kind kind) {
    return kind == Kind.OBSERVED || kind == Kind.EXPECTED;
  }

  private FindingMarkdown() {}
}

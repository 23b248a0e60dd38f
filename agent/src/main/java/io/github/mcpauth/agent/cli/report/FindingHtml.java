package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.console.FindingBlock;
import io.github.mcpauth.agent.console.FindingBlock.Entry;
import io.github.mcpauth.agent.console.FindingBlock.Kind;
import io.github.mcpauth.agent.log.Field;
import io.github.mcpauth.agent.log.LogLine;
import io.github.mcpauth.agent.recording.LoggedFinding;

/** Writes a finding as a card. */
final class FindingHtml {

  private final HtmlWriter html;

  FindingHtml(HtmlWriter html) {
    this.html = html;
  }

  void write(LoggedFinding finding) {
    FindingBlock block = FindingBlock.of(finding.line().fields(), finding.count());
    String kind =
        switch (block.severity()) {
          case "error" -> "bad";
          case "warning" -> "warn";
          default -> "note";
        };
    html.open("div", "class", "card " + kind);
    html.open("p").element("span", block.severity(), "class", "tag " + kind);
    html.raw(" ").element("code", block.rule()).raw(" ").element("b", block.title()).close("p");
    html.open("dl", "class", "facts");
    for (Entry entry : block.entries()) {
      entry(entry);
    }
    if (!finding.consequences().isEmpty()) {
      html.element("dt", "leads to").open("dd");
      for (LogLine each : finding.consequences()) {
        html.open("div").element("code", each.text(Field.RULE)).raw(" ");
        html.text(each.text(Field.TITLE)).close("div");
      }
      html.close("dd");
    }
    html.close("dl").close("div").line();
  }

  private void entry(Entry entry) {
    html.element("dt", entry.kind().label()).open("dd");
    if (entry.kind() == Kind.REMEDY && entry.texts().size() > 1) {
      html.open("ol");
      entry.texts().forEach(this::step);
      html.close("ol");
    } else {
      boolean code =
          switch (entry.kind()) {
            case SERVER, OBSERVED, EXPECTED -> true;
            default -> false;
          };
      for (String text : entry.texts()) {
        html.open("div").element(code ? "code" : "span", text).close("div");
      }
    }
    html.close("dd");
  }

  /** An option of the JVM is not broken behind its hyphen. */
  private void step(String text) {
    if (!text.contains(" -D")) {
      html.element("li", text);
      return;
    }
    html.open("li");
    String before = "";
    for (String word : text.split(" ", -1)) {
      html.raw(before);
      if (word.startsWith("-D")) {
        html.element("span", word, "class", "option");
      } else {
        html.text(word);
      }
      before = " ";
    }
    html.close("li");
  }
}

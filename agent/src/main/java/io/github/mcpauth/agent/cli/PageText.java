package io.github.mcpauth.agent.cli;

import io.github.mcpauth.agent.cli.terminal.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown, with its paragraphs and lists as wide as the terminal; tables stay. */
final class PageText {

  private static final Pattern ITEM = Pattern.compile("( *(?:[-*]|\\d+\\.) )(.*)");

  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String lead = "";

  private PageText(int width) {
    this.width = width;
  }

  static List<String> of(String page, int width) {
    PageText its = new PageText(width);
    boolean code = false;
    for (String line : page.lines().toList()) {
      boolean fence = line.startsWith("```");
      if (code || fence || line.isBlank() || line.startsWith("#") || line.startsWith("|")) {
        its.flush();
        its.lines.add(line);
      } else {
        its.add(line);
      }
      code ^= fence;
    }
    its.flush();
    return its.lines;
  }

  private void add(String line) {
    Matcher item = ITEM.matcher(line);
    if (item.matches()) {
      flush();
      lead = item.group(1);
      text.append(item.group(2));
    } else {
      text.append(text.isEmpty() ? "" : " ").append(line.strip());
    }
  }

  private void flush() {
    if (!text.isEmpty()) {
      String first = lead;
      for (String line : Wrapping.wrap(text.toString(), width - lead.length())) {
        lines.add(first + line);
        first = " ".repeat(lead.length());
      }
    }
    text.setLength(0);
    lead = "";
  }
}

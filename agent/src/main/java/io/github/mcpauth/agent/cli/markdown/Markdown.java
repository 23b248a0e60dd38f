package io.github.mcpauth.agent.cli.markdown;

import io.github.mcpauth.agent.cli.terminal.Plain;
import io.github.mcpauth.rules.http.Letters;

/**
 * Turns text into Markdown that shows it and does nothing else: no markup, no links, no mentions,
 * no HTML.
 */
public final class Markdown {

  private static final int LONGEST = 2000;
  private static final int MOST_LINES = 200;

  /** The text as a paragraph's, with words that would be linked as code. */
  public static String text(String text) {
    StringBuilder markdown = new StringBuilder();
    for (String word : cut(text).split(" ", -1)) {
      if (!markdown.isEmpty()) {
        markdown.append(' ');
      }
      markdown.append(isLinked(word) ? code(word) : escaped(word));
    }
    return markdown.toString();
  }

  /** Whether GitHub and others would make a link or a mention of it. */
  private static boolean isLinked(String word) {
    return word.contains("://")
        || word.contains("www.")
        || word.indexOf('@') >= 0
        || isNumbered(word, "#")
        || isNumbered(word, "GH-");
  }

  private static boolean isNumbered(String word, String mark) {
    for (int at = word.indexOf(mark); at >= 0; at = word.indexOf(mark, at + 1)) {
      int digit = at + mark.length();
      if (digit < word.length() && Letters.areDigits(word.substring(digit, digit + 1))) {
        return true;
      }
    }
    return false;
  }

  private static String escaped(String word) {
    StringBuilder escaped = new StringBuilder(word.length() + 8);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if ("\\`*_[]<>#|~&$".indexOf(c) >= 0 || (i == 0 && "-=+".indexOf(c) >= 0)) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** The text as code: what is in it stays as it is. */
  public static String code(String text) {
    String shown = cut(text).replace("|", "\u00a6"); // A bar would end a table's cell.
    int longest = 0;
    int run = 0;
    for (int i = 0; i < shown.length(); i++) {
      run = shown.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String pad = longest > 0 || shown.isBlank() ? " " : "";
    return fence + pad + (shown.isEmpty() ? "-" : shown) + pad + fence;
  }

  /** The text as a block of code; what is in it stays as it is, line by line. */
  public static String block(String text) {
    StringBuilder lines = new StringBuilder();
    text.lines().limit(MOST_LINES).forEach(line -> lines.append(cut(line)).append('\n'));
    return fenced("", lines.toString());
  }

  /** A line for a shell, which is of bounded length already and must not be cut. */
  public static String shell(String line) {
    return fenced("sh", Plain.text(line) + "\n");
  }

  private static String fenced(String language, String lines) {
    StringBuilder fence = new StringBuilder("```");
    while (lines.contains(fence)) {
      fence.append('`');
    }
    return fence + language + "\n" + lines + fence + "\n";
  }

  private static String cut(String text) {
    String plain = Plain.text(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    return text.length() <= LONGEST ? plain : plain + " (cut)";
  }

  private Markdown() {}
}

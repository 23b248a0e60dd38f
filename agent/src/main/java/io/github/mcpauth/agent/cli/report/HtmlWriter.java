package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.cli.terminal.Plain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Writes HTML in which no text can become markup: all text and every value of an attribute is
 * escaped, freed of control characters, and cut where it is long, which is said.
 */
final class HtmlWriter {

  private static final int LONGEST = 2048;

  private final Writer out;

  HtmlWriter(Writer out) {
    this.out = out;
  }

  /** What is written in this program, and nothing of a peer. */
  HtmlWriter raw(String markup) {
    try {
      out.write(markup);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * The beginning of an element.
   *
   * @param attributes names and values by turns
   */
  HtmlWriter open(String tag, String... attributes) {
    raw("<" + tag);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      raw(" " + attributes[i] + "=\"").whole(attributes[i + 1]).raw("\"");
    }
    return raw(">");
  }

  /**
   * The beginning of a drawing, which scrolls by itself where the page is narrow.
   *
   * @param name what it shows, for those who cannot see it
   */
  HtmlWriter openDrawing(int width, int height, String name) {
    open("div", "class", "wide");
    return open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height),
        "role",
        "img",
        "aria-label",
        name);
  }

  HtmlWriter closeDrawing() {
    return close("svg").close("div").line();
  }

  HtmlWriter close(String tag) {
    return raw("</" + tag + ">");
  }

  HtmlWriter text(String text) {
    boolean isLong = text.length() > LONGEST;
    return raw(escaped(Plain.text(isLong ? text.substring(0, LONGEST) : text)))
        .raw(isLong ? "<i class=cut> (cut: " + text.length() + " characters)</i>" : "");
  }

  /** A text that is of bounded length already, and must not be cut. */
  HtmlWriter whole(String text) {
    return raw(escaped(Plain.text(text)));
  }

  /** An element with nothing but text in it. */
  HtmlWriter element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** The end of a line, so that people can read the source and diff it. */
  HtmlWriter line() {
    return raw("\n");
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}

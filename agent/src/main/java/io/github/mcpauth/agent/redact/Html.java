package io.github.mcpauth.agent.redact;

import java.util.Locale;
import java.util.function.Consumer;

/** Reads of HTML what a person would see: no tag, so no attribute, no script and no style. */
final class Html {

  private static final int MOST = 500;
  private static final String[] UNSEEN = {"script", "style", "template", "noscript", "svg"};

  /** The text between the tags, with white space folded. */
  static String visible(String html) {
    StringBuilder text = new StringBuilder(html.length() / 2);
    String lower = html.toLowerCase(Locale.ROOT);
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<') {
        at = afterTag(lower, at);
        space(text);
      } else if (c <= ' ') {
        space(text);
        at++;
      } else {
        text.append(c);
        at++;
      }
    }
    return text.toString().strip();
  }

  /** Hands over what stands in quotes where nobody sees it: in tags, scripts and comments. */
  static void hidden(String html, Consumer<String> values) {
    String lower = html.toLowerCase(Locale.ROOT);
    int count = 0;
    for (int at = html.indexOf('<'); at >= 0 && count < MOST; at = html.indexOf('<', at)) {
      int end = afterTag(lower, at);
      for (int i = at; i < end && count < MOST; i++) {
        char quote = html.charAt(i);
        int close = quote == '"' || quote == '\'' ? html.indexOf(quote, i + 1) : -1;
        if (close > i && close < end) {
          values.accept(html.substring(i + 1, close));
          count++;
          i = close;
        }
      }
      at = end;
    }
  }

  private static void space(StringBuilder text) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
  }

  private static int afterTag(String html, int start) {
    if (html.startsWith("<!--", start)) {
      return after(html, "-->", start);
    }
    for (String unseen : UNSEEN) {
      if (html.startsWith(unseen, start + 1)) {
        return after(html, ">", after(html, "</" + unseen, start) - 1);
      }
    }
    char quote = 0;
    for (int i = start + 1; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return html.length();
  }

  private static int after(String html, String end, int from) {
    int at = html.indexOf(end, from);
    return at < 0 ? html.length() : at + end.length();
  }

  private Html() {}
}

package io.github.mcpauth.agent.redact;

import org.jspecify.annotations.Nullable;

/**
 * Reads a text without what only divides it: white space, line breaks and what an event stream
 * begins its lines with, tags, the colours of a terminal, what nobody sees, and the quotes between
 * the parts of a literal.
 */
final class Joined {

  private static final int LONGEST_TAG = 80;
  private static final String DATA = "data:";

  private final UnescapedText text;
  private final UnescapedText joined;

  private Joined(UnescapedText text) {
    this.text = text;
    this.joined = new UnescapedText(text.length());
  }

  /** That reading, or null where nothing divides the text. */
  static @Nullable UnescapedText of(UnescapedText text) {
    return isDivided(text) ? new Joined(text).walk() : null;
  }

  /** Whether there is more between its words than spaces, or letters stand alone. */
  private static boolean isDivided(UnescapedText text) {
    int alone = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean divides = c < ' ' || c == '<' || Joiner.isInvisible(c) || Joiner.isQuote(c);
      boolean single = c == ' ' && i > 1 && text.charAt(i - 2) == ' ';
      alone = single ? alone + 1 : c == ' ' ? 0 : alone;
      if (divides || alone > 2) {
        return true;
      }
    }
    return false;
  }

  private UnescapedText walk() {
    int at = 0;
    int tagsBefore = 0; // No tag ends before that.
    while (at < text.length()) {
      char c = text.charAt(at);
      int next = at;
      if (c <= ' ' || c == 0xA0 || Joiner.isInvisible(c)) {
        next = c == '\n' ? afterData(at + 1) : c == 0x1B ? afterColour(at) : at + 1;
      } else if (c == '<' && at >= tagsBefore) {
        next = afterTag(at);
        tagsBefore = next == at ? at + 1 : next;
      } else if (Joiner.isQuote(c)) {
        next = afterPlus(at);
      }
      if (next == at) {
        joined.add(c, text, at, at + 1);
        next++;
      }
      at = next;
    }
    return joined;
  }

  private int afterData(int from) {
    for (int i = 0; i < DATA.length(); i++) {
      if (from + i >= text.length() || text.charAt(from + i) != DATA.charAt(i)) {
        return from;
      }
    }
    return from + DATA.length();
  }

  private int afterColour(int from) {
    int at = from + 1;
    while (at < text.length() && at - from < 12 && !Character.isLetter(text.charAt(at))) {
      at++;
    }
    return Math.min(at + 1, text.length());
  }

  private int afterTag(int from) {
    for (int at = from + 1; at < text.length() && at - from < LONGEST_TAG; at++) {
      if (text.charAt(at) == '>') {
        return at + 1;
      }
    }
    return from;
  }

  /** {@code "abc" + "def"}. */
  private int afterPlus(int from) {
    int at = from + 1;
    while (at < text.length()
        && at - from < 8
        && (text.charAt(at) <= ' ' || "+,.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    boolean again = at > from + 1 && at < text.length() && text.charAt(at) == text.charAt(from);
    return again ? at + 1 : from;
  }
}

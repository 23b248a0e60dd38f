package io.github.mcpauth.rules.http;

/**
 * What a text is made of, character by character: what reads a peer's text never goes back in it.
 */
public final class Letters {

  /** Whether a word begins or ends at an index: on one side of it is a part of one, not on both. */
  public static boolean isEdge(CharSequence text, int at) {
    boolean before = at > 0 && isPart(text.charAt(at - 1));
    boolean behind = at < text.length() && isPart(text.charAt(at));
    return before != behind;
  }

  /** Whether a character is a part of a word. */
  public static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /**
   * Where the word begins that ends at an index: after what is no letter, or with a capital after a
   * small letter, as in {@code orgId}.
   */
  public static int wordStart(CharSequence text, int end) {
    int start = end;
    while (start > 0
        && Character.isLetter(text.charAt(start - 1))
        && !(start < end
            && Character.isUpperCase(text.charAt(start))
            && Character.isLowerCase(text.charAt(start - 1)))) {
      start--;
    }
    return start;
  }

  /** The index behind the white space that begins there. */
  public static int spaceEnd(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** Whether a text is one digit or more, and nothing else. */
  public static boolean areDigits(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** The text with one space in the place of any white space, and none around it. */
  public static String inOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isSpace(c)) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }

  private Letters() {}
}

package io.github.mcpauth.rules.reading;

/**
 * Turns markup into the words in it, a blank for each tag, in time proportional to its length: a
 * regular expression looks for the end of every tag that has none up to the end of the text.
 */
final class Markup {

  /**
   * The text without tags.
   *
   * @param silent the names of the elements whose text goes as well
   */
  static String words(String markup, String... silent) {
    StringBuilder words = new StringBuilder(markup.length());
    int position = 0;
    int open = markup.indexOf('<');
    int close = open < 0 ? -1 : markup.indexOf('>', open);
    while (close >= 0) {
      words.append(markup, position, open).append(' ');
      position = close + 1;
      int next = markup.indexOf('<', position);
      if (isOneOf(markup, open + 1, silent)) {
        position = next < 0 ? markup.length() : next;
      }
      open = next;
      close = open < 0 ? -1 : markup.indexOf('>', open);
    }
    return words.append(markup, position, markup.length()).toString();
  }

  private static boolean isOneOf(String markup, int start, String... names) {
    for (String name : names) {
      int end = start + name.length();
      if (markup.startsWith(name, start)
          && !(end < markup.length() && Character.isLetterOrDigit(markup.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private Markup() {}
}

package io.github.mcpauth.rules.reading;

/** Quotation marks and apostrophes: servers write the same words with any of them. */
final class Quotes {

  private static final String MARKS = "\"`\u2018\u2019\u201c\u201d";

  /** A text with the plain apostrophe for all of them. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      if (MARKS.indexOf(plain.charAt(i)) >= 0) {
        plain.setCharAt(i, '\'');
      }
    }
    return plain.toString();
  }

  private Quotes() {}
}

package io.github.mcpauth.agent.redact;

/** Tells whether a part of a text is, or is in, one of the words of {@link Vocabulary}. */
final class FixedWords {

  private static final int LONGEST = 48;

  /** Whether it is a part of one of the fixed words. */
  static boolean around(UnescapedText reading, int from, int end) {
    int start = from;
    while (start > 0 && from - start < LONGEST && isName(reading.charAt(start - 1))) {
      start--;
    }
    while (start < from && !Character.isLetterOrDigit(reading.charAt(start))) {
      start++; // The dot of .well-known
    }
    int stop = nameEnd(reading, from);
    stop = stop > from && reading.charAt(stop - 1) == '.' ? stop - 1 : stop;
    int inside = end > from && reading.charAt(end - 1) == '.' ? end - 1 : end;
    return stop >= inside && (is(reading, start, stop) || is(reading, from, stop));
  }

  static boolean is(UnescapedText reading, int start, int end) {
    return end - start <= LONGEST && Vocabulary.hasName(reading.subSequence(start, end).toString());
  }

  private static int nameEnd(UnescapedText reading, int start) {
    int end = start;
    while (end < reading.length() && end - start <= LONGEST && isName(reading.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private FixedWords() {}
}

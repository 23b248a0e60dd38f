package io.github.mcpauth.agent.redact;

import java.util.Locale;
import java.util.Set;

/**
 * What languages put around a value where they print an object: the type of a text before it, or
 * commas between its characters.
 */
final class Packing {

  private static final int LONGEST = 40;
  private static final int FEWEST_ITEMS = 4;
  private static final int LONGEST_ITEM = 3;

  /** What may stand right before a quote in Python, C#, C++ and Rust. */
  private static final Set<String> PREFIXES = Set.of("u", "r", "b", "f", "l", "br", "rb", "@");

  private static final Set<String> TYPES =
      Set.of("string", "str", "text", "char", "bytes", "secret", "unicode");

  /**
   * The quote behind a type that begins there: {@code Some("}, {@code u'}, {@code new
   * Secret(raw='}, {@code string(6) "}, {@code (string) (len=6) "}; or -1.
   *
   * @param closing what closes the bracket before it
   */
  static int quote(CharSequence text, int from, char closing) {
    int end = words(text, from);
    String type = text.subSequence(from, end).toString().toLowerCase(Locale.ROOT);
    if (closing == ')' || closing == '>') {
      boolean cast = TYPES.contains(type) && is(text, end, closing);
      return cast ? quoteAt(text, size(text, spaces(text, end + 1))) : -1;
    }
    if (isQuote(text, end)) {
      return end > from && end - from <= 2 && PREFIXES.contains(type) ? end : -1;
    }
    if (type.equals("new")) {
      end = words(text, spaces(text, end));
    }
    if (end == from || end >= text.length() || "([{<".indexOf(text.charAt(end)) < 0) {
      return -1;
    }
    int sized = size(text, end);
    if (sized > end) {
      return quoteAt(text, sized);
    }
    int member = words(text, end + 1);
    boolean named = member > end + 1 && (is(text, member, '=') || is(text, member, ':'));
    return quoteAt(text, named ? spaces(text, member + 1) : end + 1);
  }

  /** Behind a length in brackets, {@code (24)} or {@code (len=24)}, and spaces; else there. */
  private static int size(CharSequence text, int from) {
    if (!is(text, from, '(')) {
      return from;
    }
    int at = words(text, from + 1);
    at += is(text, at, '=') ? 1 : 0;
    int digits = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at > digits && is(text, at, ')') ? spaces(text, at + 1) : from;
  }

  private static int quoteAt(CharSequence text, int index) {
    return isQuote(text, index) ? index : -1;
  }

  private static boolean isQuote(CharSequence text, int index) {
    return index < text.length() && Joiner.isQuote(text.charAt(index));
  }

  private static boolean is(CharSequence text, int index, char c) {
    return index < text.length() && text.charAt(index) == c;
  }

  private static int spaces(CharSequence text, int from) {
    int at = from;
    while (is(text, at, ' ')) {
      at++;
    }
    return at;
  }

  /** The end of letters, and of what joins them in the names of types. */
  private static int words(CharSequence text, int from) {
    int end = from;
    while (end < Math.min(text.length(), from + LONGEST)
        && (Character.isLetter(text.charAt(end)) || "._@".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  /** The end of a list that begins there, of characters or of their numbers; or -1. */
  static int listEnd(CharSequence text, int from) {
    int items = 0;
    int at = from;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && end - at <= LONGEST_ITEM && isOfNumber(text, at, end)) {
        end++;
      }
      end = Math.max(end, at + 1);
      items++;
      if (end >= text.length() || text.charAt(end) != ',') {
        boolean closed = end < text.length() && "])}".indexOf(text.charAt(end)) >= 0;
        return closed && items >= FEWEST_ITEMS ? end : -1;
      }
      at = end + 1;
      at += at < text.length() && text.charAt(at) == ' ' ? 1 : 0;
    }
    return -1;
  }

  /** Whether a number goes on there; one of bytes may be negative. */
  private static boolean isOfNumber(CharSequence text, int start, int at) {
    char c = text.charAt(at);
    return c >= '0' && c <= '9' || at == start && c == '-';
  }

  private Packing() {}
}

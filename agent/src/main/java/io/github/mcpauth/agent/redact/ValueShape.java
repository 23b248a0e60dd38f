package io.github.mcpauth.agent.redact;

import java.util.Locale;
import java.util.Set;

/** Where a value ends, and whether it is one rather than the next word of a sentence. */
final class ValueShape {

  private static final int SHORTEST = 3;
  private static final int SHORTEST_MIXED = 6;
  private static final int LONG = 20;
  private static final int MOST_WORDS = 8;

  /** A status of HTTP, or the number of an error: too short for an authorization code. */
  private static final int LONGEST_STATUS = 4;

  private static final String ENDS = "\"'`<>,;&)]}|\\“”’»";

  /** Words of sentences, hardly of passphrases. */
  private static final Set<String> OF_SENTENCES =
      Set.of(
          "a", "an", "and", "are", "at", "be", "been", "can", "cannot", "for", "from", "has",
          "have", "in", "is", "it", "must", "no", "not", "of", "or", "should", "than", "the",
          "this", "to", "too", "was", "were", "will", "with", "your", "you");

  private final CharSequence text;
  private int start;

  ValueShape(CharSequence text) {
    this.text = text;
  }

  /** Where the last value that was looked at begins. */
  int start() {
    return start;
  }

  /** The next value to be looked at begins there. */
  void from(int index) {
    start = index;
  }

  /**
   * The end of the value behind that joiner.
   *
   * @param line whether it may go to the end of its line
   */
  int value(Joiner joiner, boolean line) {
    start = joiner.end();
    if (joiner.isQuoted()) {
      return quoted(joiner.quote());
    }
    char closing = joiner.closing();
    if (closing == '>' || closing == ']') {
      int close = closed(closing);
      if (close > 0) {
        return close;
      }
    }
    int end = word();
    if (line) {
      int stop = lineEnd(end);
      return stop > end && isPassphrase(stop) ? stop : end;
    }
    return end;
  }

  /**
   * The end of a value that is packed into something, or -1: behind what says its type, as in
   * {@code Some("…")}, {@code u'…'}, {@code string(6) "…"}; or with each of its characters by
   * itself, as {@code Arrays.toString} has it.
   */
  int packed(Joiner joiner) {
    if (joiner.isQuoted()) {
      return -1;
    }
    int quote = Packing.quote(text, joiner.end(), joiner.closing());
    if (quote > 0) {
      start = quote + 1;
      int end = quoted(text.charAt(quote));
      return end > start && end < text.length() ? end : -1;
    }
    start = joiner.end();
    return Packing.listEnd(text, start);
  }

  private int quoted(char quote) {
    char close = quote == '“' ? '”' : quote == '‘' ? '’' : quote == '«' ? '»' : quote;
    int end = start;
    while (end < text.length() && text.charAt(end) != close && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, text.length());
    return end > start && text.charAt(end - 1) == '\\' ? end - 1 : end;
  }

  /** To the bracket, if that comes before anything that could not be in a value. */
  private int closed(char bracket) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == bracket) {
        return i;
      }
      if (c <= ' ' || c == '=' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        return -1;
      }
    }
    return -1;
  }

  /** The end of the word that begins there. */
  int wordFrom(int index) {
    start = index;
    return word();
  }

  /** To what ends a word; a URL may have more in it. */
  private int word() {
    int end = start;
    boolean url = false;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean separates = c <= ' ' || c == 0xA0 || ENDS.indexOf(c) >= 0;
      if (separates && !(url && (c == ',' || c == ';' || c == '&' || c == ')'))) {
        break;
      }
      url |= c == '/' && end >= start + 2 && text.charAt(end - 2) == ':';
      end++;
    }
    while (end > start + 1 && ".:!?".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && "\r\n\"'<>;,{}[]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Several words, none of them one that makes a sentence. */
  private boolean isPassphrase(int end) {
    String all = text.subSequence(start, end).toString().strip();
    String[] words = all.split(" ", MOST_WORDS + 1);
    if (words.length > MOST_WORDS || Vocabulary.hasAll(all, 0)) {
      return false;
    }
    for (String word : words) {
      if (OF_SENTENCES.contains(word.toLowerCase(Locale.ROOT)) || word.indexOf('=') > 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether this may be the value of a name that leaves no doubt. */
  boolean isValue(int end) {
    String value = text.subSequence(start, end).toString();
    return value.length() >= SHORTEST && !Vocabulary.hasAll(value, 0) && !Vocabulary.has(value);
  }

  /** Whether it is one of a name that other things have as well. */
  boolean isLikelyValue(String name, int end) {
    String value = text.subSequence(start, end).toString();
    if (!isValue(end) || value.indexOf(' ') >= 0) {
      return false;
    }
    boolean digit = hasDigit(value);
    boolean status = value.length() <= LONGEST_STATUS && isNumber(value);
    return (digit || value.length() >= LONG)
        && !(status && name.toLowerCase(Locale.ROOT).endsWith("code"));
  }

  /** Whether it is no word of a sentence, where nothing but the order of words tells. */
  boolean isMixed(int end) {
    String value = text.subSequence(start, end).toString();
    if (value.length() < SHORTEST_MIXED || value.indexOf(' ') >= 0 || !isValue(end)) {
      return false;
    }
    return isMixed(value) || RandomText.isLikely(value);
  }

  /** Letters and digits that change more often than in {@code oauth2} or {@code v1.18}. */
  static boolean isMixed(String value) {
    int changes = 0;
    int letters = 0;
    int digits = 0;
    for (int i = 0; i < value.length(); i++) {
      boolean digit = Character.isDigit(value.charAt(i));
      boolean letter = Character.isLetter(value.charAt(i));
      digits += digit ? 1 : 0;
      letters += letter ? 1 : 0;
      boolean between = i > 0 && Character.isLetter(value.charAt(i - 1));
      changes += i > 0 && (digit && between || letter && isDigit(value, i - 1)) ? 1 : 0;
    }
    return letters >= 2 && digits >= 1 && changes >= 2 && value.indexOf('/') < 0;
  }

  private static boolean isDigit(String value, int index) {
    return Character.isDigit(value.charAt(index));
  }

  /**
   * The end of what a scheme of HTTP is followed by, or -1 where that is no credential but the next
   * word of a sentence or a parameter.
   */
  int credential(int from) {
    int at = from;
    while (at < text.length() && at - from < 4 && (text.charAt(at) <= ' ' || opens(at, from))) {
      at++;
    }
    if (at == from || at >= text.length() || !isPart(text.charAt(at))) {
      return -1;
    }
    start = at;
    int end = part(at);
    while (end > start + 1 && ".:!?".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    boolean named = end < text.length() && text.charAt(end) == '=';
    int padding = end;
    while (padding < text.length() && text.charAt(padding) == '=') {
      padding++;
    }
    boolean padded =
        named && (padding == text.length() || " ,;\"\r\n".indexOf(text.charAt(padding)) >= 0);
    String word = text.subSequence(start, end).toString();
    boolean credible = word.length() >= SHORTEST_MIXED && !Vocabulary.has(word);
    return credible && (!named || padded) ? end : -1;
  }

  private boolean opens(int at, int from) {
    return at > from && "\"'<[({".indexOf(text.charAt(at)) >= 0 && Masks.maskEnd(text, at) < 0;
  }

  /** The end of a run of characters that credentials are made of. */
  int part(int from) {
    start = from;
    int end = from;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || "-_.~+/%".indexOf(c) >= 0;
  }

  private static boolean hasDigit(String value) {
    return value.chars().anyMatch(Character::isDigit);
  }

  private static boolean isNumber(String value) {
    return value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

package io.github.mcpauth.agent.redact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The fixed words that are never masked, whoever sent one as a secret: names of OAuth, HTTP and MCP
 * and the words of our own texts, and some of what servers say, as the build collected them.
 */
final class Vocabulary {

  /** Shorter words are not on the list, and tell nothing. */
  private static final int SHORTEST = 3;

  private static final int LONGEST_MEASURE = 5;

  private static final String BETWEEN = "+,;:/='\"()[]{}<>|&?#*`!";
  private static final String FILE = "vocabulary.txt";

  private static final String ENTRA = "aadsts";
  private static final int LONGEST_CODE = ENTRA.length() + 7;

  /**
   * Sorted, a line each. A set of them would be ten times as large, and be filled while the host
   * waits for its first exchange.
   */
  private static final String WORDS = read();

  private static String read() {
    try (InputStream file = Vocabulary.class.getResourceAsStream(FILE)) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return ""; // Then a word too many is masked.
    }
  }

  /** Whether the whole text is one of the fixed words, in any case, or a code that is public. */
  static boolean has(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (isErrorCode(word)) {
      return true;
    }
    int low = 0; // From here on, and before there: each is where a line begins.
    int high = WORDS.length();
    while (low < high) {
      int start = WORDS.lastIndexOf('\n', (low + high) / 2 - 1) + 1;
      int stop = WORDS.indexOf('\n', start);
      int end = stop < 0 ? WORDS.length() : stop;
      int order = compare(start, end, word);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? end + 1 : low;
      high = order < 0 ? high : start;
    }
    return false;
  }

  /**
   * Whether it is one of Entra's error codes, of which there are too many to list.
   *
   * @see <a href="https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes">
   *     AADSTS error codes</a>
   */
  private static boolean isErrorCode(String word) {
    boolean code = word.startsWith(ENTRA) && word.length() <= LONGEST_CODE;
    for (int i = ENTRA.length(); code && i < word.length(); i++) {
      code = word.charAt(i) >= '0' && word.charAt(i) <= '9';
    }
    return code;
  }

  /** As {@link String#compareTo} has it: a word of the list with another one. */
  private static int compare(int start, int end, String word) {
    int shorter = Math.min(end - start, word.length());
    for (int i = 0; i < shorter; i++) {
      int order = WORDS.charAt(start + i) - word.charAt(i);
      if (order != 0) {
        return order;
      }
    }
    return end - start - word.length();
  }

  /**
   * Whether all of its words are, with some digits between them: a peer that says nothing else
   * tells no secret.
   */
  static boolean hasAll(String text, int mostDigits) {
    int words = 0;
    int digits = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      digits += Character.isDigit(c) ? 1 : 0;
      if (c <= ' ' || BETWEEN.indexOf(c) >= 0) {
        String word = trimmed(text, start, i);
        boolean number = isNumber(word);
        if (word.length() >= SHORTEST
            && !number
            && !isMade(word, true)
            && !has(text.substring(start, i))) {
          return false;
        }
        words += number ? 0 : 1;
        start = i + 1;
      }
    }
    return words > 0 && digits <= mostDigits;
  }

  /** Has no letter, or is a number with its unit: {@code 20MiB}, {@code 5xx}. */
  private static boolean isNumber(String word) {
    boolean measure =
        !word.isEmpty() && word.length() <= LONGEST_MEASURE && Character.isDigit(word.charAt(0));
    return measure || !hasLetter(word);
  }

  private static boolean hasLetter(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.isLetter(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigits(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!Character.isDigit(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is one of the fixed words, or made of nothing but them: {@code agent.gap}. */
  static boolean hasName(String name) {
    return isMade(name, false);
  }

  private static boolean isMade(String name, boolean numbers) {
    int start = 0;
    boolean made = true;
    for (int i = 0; i <= name.length() && made; i++) {
      if (i == name.length() || "._-".indexOf(name.charAt(i)) >= 0) {
        String word = name.substring(start, i);
        made = has(word) || numbers && isDigits(word);
        start = i + 1;
      }
    }
    return made || has(name);
  }

  /** Without the dots of {@code .well-known} and of the end of a sentence. */
  private static String trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && !Character.isLetterOrDigit(text.charAt(start))) {
      start++;
    }
    while (start < end && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private Vocabulary() {}
}

package io.github.mcpauth.agent.redact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fixed words that are never masked, whoever sent one as a secret: names of OAuth, HTTP and MCP
 * and the words of our own texts, as the build collected them, and some of what servers say.
 */
final class Vocabulary {

  /** Shorter words are not on the list, and tell nothing. */
  private static final int SHORTEST = 3;

  private static final int LONGEST_MEASURE = 5;

  private static final String BETWEEN = "+,;:/='\"()[]{}<>|&?#*`!";
  private static final String FILE = "vocabulary.txt";

  private static final List<String> OF_SERVERS =
      List.of(
          "anonymous",
          "api-key",
          "bad",
          "bearer",
          "basic",
          "cannot",
          "credential",
          "credentials",
          "denied",
          "digest",
          "empty",
          "exception",
          "forbidden",
          "found",
          "here",
          "incorrect",
          "internal",
          "invalid",
          "invalid_dpop_proof",
          "login",
          "login_required",
          "missing",
          "must",
          "negotiate",
          "null",
          "only",
          "permission",
          "please",
          "provided",
          "realm",
          "required",
          "revoked",
          "undefined",
          "unauthorized",
          "unknown",
          "unsupported",
          "user",
          "users",
          "with",
          "wrong");

  private static final Set<String> WORDS = read();

  private static Set<String> read() {
    Set<String> words = new HashSet<>(OF_SERVERS);
    try (InputStream file = Vocabulary.class.getResourceAsStream(FILE)) {
      if (file != null) {
        String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
          words.add(text.substring(start, end));
          start = end + 1;
        }
        words.add(text.substring(start));
      }
    } catch (IOException e) {
      return words; // Then a word too many is masked.
    }
    return words;
  }

  /** Whether the whole text is one of the fixed words, in any case. */
  static boolean has(String text) {
    return WORDS.contains(text.toLowerCase(Locale.ROOT));
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
    return measure || word.chars().noneMatch(Character::isLetter);
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
        made = has(word) || numbers && word.chars().allMatch(Character::isDigit);
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

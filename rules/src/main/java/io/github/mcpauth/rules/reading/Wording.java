package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.finding.Actor;
import java.util.List;
import java.util.Set;

/**
 * A row of the table of words: what an error code or a wording of a server means.
 *
 * @param leg where it is said: {@code oauth}, {@code mcp}, {@code any} of both, or {@code client},
 *     the exceptions of HTTP clients
 * @param code the error code, or the status ({@code 403}, {@code 4xx}); {@code -} for any
 * @param vendor whose words they are, or {@code -}
 * @param phrases what must be in the text, in lower case, or behind a brace in the body as it is;
 *     none where the code alone decides
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 * @param step what helps, without the party
 * @param source where it is documented or was seen
 */
public record Wording(
    String leg,
    String code,
    String vendor,
    List<String> phrases,
    String cause,
    Actor actor,
    String step,
    String source) {

  private static final int VENDOR = 40;

  private static final Set<String> CREDENTIAL =
      Set.of(
          "login",
          "api-key",
          "permission",
          "scope",
          "expired",
          "revoked",
          "token-rejected",
          "audience",
          "issuer",
          "signature",
          "not-a-jwt",
          "not-yet-valid");

  /** Whether free text decides, so that nothing that rests on it is certain. */
  public boolean isOfText() {
    return !phrases.isEmpty();
  }

  public boolean isOfVendor() {
    return !vendor.equals("-");
  }

  /** What its cause means, a clause for people, with whose words they are. */
  public String meaning() {
    return Meanings.of(cause) + (isOfVendor() ? " (" + vendor + ")" : "");
  }

  /** Whether it speaks of the credential or its permissions, so that another may be taken. */
  public boolean isOfCredential() {
    return CREDENTIAL.contains(cause);
  }

  /**
   * Whether an answer says this.
   *
   * @param text what it says, in lower case
   * @param body its body as it is, in lower case
   */
  boolean matches(String where, String name, int status, String text, String body) {
    boolean any = leg.equals("any") && !where.equals("client");
    return (any || leg.equals(where))
        && (code.equals("-")
            || code.equals(name)
            || code.equals(String.valueOf(status))
            || code.equals(status / 100 + "xx"))
        && phrases.stream().allMatch(phrase -> says(phrase, text, body));
  }

  /** Whether one of the alternatives of a phrase, parted by {@code |}, is there. */
  private static boolean says(String phrase, String text, String body) {
    int start = 0;
    for (int bar = phrase.indexOf('|'); bar >= 0; bar = phrase.indexOf('|', start)) {
      if (isSaid(phrase.substring(start, bar), text, body)) {
        return true;
      }
      start = bar + 1;
    }
    return isSaid(start == 0 ? phrase : phrase.substring(start), text, body);
  }

  private static boolean isSaid(String words, String text, String body) {
    return words.startsWith("{") ? body.contains(words.substring(1)) : has(text, words);
  }

  /** Whether a phrase is in a text as words of their own, of which the last may be in plural. */
  private static boolean has(String text, String phrase) {
    for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      int end = at + phrase.length();
      boolean plural = end < text.length() && text.charAt(end) == 's';
      boolean after = !continues(text, end - 1, end) || (plural && !continues(text, end, end + 1));
      if (after && !continues(text, at - 1, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c) || c == '_';
  }

  /** Whether two neighbours are of one word, or of one number. */
  private static boolean continues(String text, int left, int right) {
    if (left < 0 || right >= text.length()) {
      return false;
    }
    char one = text.charAt(left);
    char other = text.charAt(right);
    return (isOfWord(one) && isOfWord(other))
        || (Character.isDigit(one) && Character.isDigit(other));
  }

  /**
   * The more letters a row asks for, the more it knows, the first of alternatives for all of them;
   * a product's own words know most.
   */
  int weight() {
    int letters = code.equals("-") ? 0 : code.endsWith("xx") ? 1 : code.length();
    for (String phrase : phrases) {
      int bar = phrase.indexOf('|');
      letters += 3 + (bar < 0 ? phrase.length() : bar);
    }
    return letters + (isOfVendor() ? VENDOR : 0);
  }
}

package io.github.mcpauth.it.field;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives each case secrets of its own, which look like some: in one process, a token that two
 * servers got would be one that was sent to the wrong one, and one that is made of words would have
 * these words hidden wherever they are.
 */
final class CaseSecrets {

  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:token-(\\w+)-0123456789abcdef|(?:refresh|session|code)-(\\w{1,3}))\\b");

  /** The text with the secrets of a case. */
  static String of(int number, String text) {
    Matcher matcher = NAMED.matcher(text);
    StringBuilder own = new StringBuilder();
    while (matcher.find()) {
      long hash = 1125899906842597L * (31L * number + matcher.group().hashCode());
      matcher.appendReplacement(own, "x" + number + "q" + Long.toHexString(hash));
    }
    return matcher.appendTail(own).toString();
  }

  private CaseSecrets() {}
}

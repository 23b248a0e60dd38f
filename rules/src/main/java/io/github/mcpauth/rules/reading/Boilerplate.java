package io.github.mcpauth.rules.reading;

import java.util.Locale;

/**
 * Sentences that libraries say whatever the cause, as they list every cause there is (RFC 6749
 * §5.2, RFC 6750 §3.1): what is left without them is what the server says.
 */
final class Boilerplate {

  /** How each begins and ends, in lower case. */
  private static final String[][] SENTENCES = {
    {"the provided authorization grant", "issued to another client"},
    {"client authentication failed", "unsupported authentication method"},
    {"the request is missing a required parameter, includes a", "otherwise malformed"},
    {"the access token provided is expired, revoked", "for other reasons"},
    {"the requested scope is invalid, unknown", "malformed"},
  };

  /** Longer texts are more than one sentence. */
  private static final int LONGEST = 260;

  /** A text, in lower case, without them. */
  static String without(String text) {
    String left = text;
    for (String[] sentence : SENTENCES) {
      int start = left.indexOf(sentence[0]);
      int last = start < 0 ? -1 : left.indexOf(sentence[1], start);
      if (last >= 0 && last - start <= LONGEST) {
        left = left.substring(0, start) + left.substring(last + sentence[1].length());
      }
    }
    return left;
  }

  /** Whether a text says little else. */
  static boolean isMost(String text) {
    return without(text.toLowerCase(Locale.ROOT)).length() < text.length() / 2;
  }

  private Boilerplate() {}
}

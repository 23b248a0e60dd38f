package io.github.mcpauth.agent.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Learns what of a hidden value may come back on its own: the words of a header, the parameters of
 * a URL, the strings in a document that is itself a string.
 */
final class Parts {

  private static final int MOST = 64;
  private static final int SHORTEST = 5;
  private static final int SHORTEST_ENCODED = 12;
  private static final String BETWEEN = " \t\r\n,;=\"'<>?&{}[]()|\\:@";

  private final Masks masks;

  Parts(Masks masks) {
    this.masks = masks;
  }

  /**
   * Learns each part that is none of the words everybody uses.
   *
   * @param secret whether the whole is one for certain; of a URL then the path is as well
   */
  void learn(String value, boolean secret) {
    if (value.length() < SHORTEST || Vocabulary.hasAll(value, 0)) {
      return;
    }
    if (isPlace(value)) {
      masks.urls().redact(value);
      if (!secret) {
        return;
      }
    }
    masks.learn(value);
    encoded(value, secret);
    words(value, secret ? BETWEEN + '/' : BETWEEN, secret ? SHORTEST : SeenSecrets.HEAD);
    String scheme = scheme(value);
    if (!scheme.isEmpty()) {
      String credential = value.substring(scheme.length()).strip();
      masks.credential(credential);
      encoded(credential, true);
    }
  }

  /** What it says in base64, as JWTs, states and cookies have it: RFC 7515 §2, RFC 4648 §4. */
  private void encoded(String value, boolean secret) {
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i < value.length() && isOfBase64(value.charAt(i))) {
        continue;
      }
      String text = i - start < SHORTEST_ENCODED ? "" : decoded(value.substring(start, i));
      if (!text.isEmpty()) {
        masks.learn(text);
        if (secret && text.charAt(0) != '{') {
          words(text, BETWEEN, SHORTEST);
        }
      }
      start = i + 1;
    }
  }

  private static boolean isOfBase64(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+/-_=".indexOf(c) >= 0);
  }

  /** The text that this is in base64, or nothing where it is not that of a text. */
  private static String decoded(String value) {
    try {
      String plain = value.replace('+', '-').replace('/', '_').replace("=", "");
      String text = new String(Base64.getUrlDecoder().decode(plain), StandardCharsets.UTF_8);
      boolean readable =
          text.chars().allMatch(c -> c >= ' ' && c != 0xFFFD || "\r\n\t".indexOf(c) >= 0);
      return readable ? text : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void words(String value, String between, int shortest) {
    int count = 0;
    int start = 0;
    for (int i = 0; i <= value.length() && count < MOST; i++) {
      if (i == value.length() || between.indexOf(value.charAt(i)) >= 0) {
        if (i - start >= shortest && i - start < value.length()) {
          masks.part(value.substring(start, i));
          count++;
        }
        start = i + 1;
      }
    }
  }

  /** Of {@code Bearer abc}, and of a mistaken {@code bearerabc}, the scheme. */
  private static String scheme(String value) {
    for (String scheme : TellingWords.SCHEMES) {
      if (value.regionMatches(true, 0, scheme, 0, scheme.length())
          && value.length() - scheme.length() >= SeenSecrets.HEAD) {
        return scheme;
      }
    }
    return "";
  }

  /** Whether it is a URL, or one without its origin. */
  static boolean isPlace(String value) {
    return UrlRedaction.isUrl(value) || value.startsWith("/") && value.indexOf(' ') < 0;
  }

  /**
   * Whether it is the name of a machine, which is shown wherever it is in a URL: {@code
   * mcp2.example.com}, {@code 10.0.0.1}.
   */
  static boolean isHost(String value) {
    int dot = value.lastIndexOf('.');
    if (dot < 0 || dot > value.length() - 2 || value.length() > 253) {
      return false;
    }
    boolean digits = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!(digit || c >= 'a' && c <= 'z' || c == '-' || c == '.')) {
        return false;
      }
      digits &= digit || c == '.';
    }
    boolean named = value.substring(dot + 1).chars().allMatch(c -> c >= 'a' && c <= 'z');
    return (digits || named)
        && !RandomText.isLikely(value.substring(0, dot).toLowerCase(Locale.ROOT));
  }
}

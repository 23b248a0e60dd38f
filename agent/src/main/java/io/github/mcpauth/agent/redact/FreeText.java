package io.github.mcpauth.agent.redact;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in free text what looks like a secret by its shape or by the name before it. */
final class FreeText {

  /** Names whose value is a secret, in lower case. */
  static final String[] STRONG = {
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "code_verifier",
    "assertion",
    "registration_access_token",
    "device_code",
    "user_code",
    "password",
    "passwd",
    "api_key",
    "api-key",
    "apikey",
    "session_id",
    "sessionid",
    "mcp-session-id"
  };

  /** Names that are also words: what follows is a secret if it has a digit or is long. */
  static final String[] WEAK = {
    "authorization", "cookie", "code", "state", "token", "sig", "signature", "secret"
  };

  static final String[] SCHEMES = {
    "Bearer", "Basic", "DPoP", "Negotiate", "NTLM", "AWS4-HMAC-SHA256", "ApiKey"
  };

  // A pattern is a hundred times as dear as the question whether it can match at all.
  private static final int SHORTEST = "sig=123456".length();
  private static final String[] BEGINNINGS = {
    "eyJ", "gh", "sk-", "xox", "AKIA", "ya29.", "AIza", "-----BEGIN "
  };

  /** The text with each such secret replaced by what {@code mask} makes of it. */
  static String masked(String text, UnaryOperator<String> mask) {
    String masked = text;
    if (masked.indexOf('@') >= 0) {
      masked = replace(SecretPatterns.USERINFO, masked, 2, secret -> "[redacted]");
    }
    if (masked.length() < SHORTEST) {
      return masked;
    }
    if (mayHaveScheme(masked)) {
      masked = replace(SecretPatterns.SCHEME, masked, 3, mask);
    }
    if (mayBeNamed(masked)) {
      masked = replace(SecretPatterns.NAMED, masked, 3, mask);
      masked = replace(SecretPatterns.WEAKLY_NAMED, masked, 3, mask);
    }
    return mayBeShaped(masked) ? replace(SecretPatterns.SHAPED, masked, 0, mask) : masked;
  }

  /** Whether there is white space behind the name of a scheme. */
  private static boolean mayHaveScheme(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' && endsWith(text, i, SCHEMES)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a colon or an equals sign behind one of the names. */
  private static boolean mayBeNamed(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' || c == ':') {
        int end = i;
        while (end > 0 && isBetween(text.charAt(end - 1))) {
          end--;
        }
        if (endsWith(text, end, STRONG) || endsWith(text, end, WEAK)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isBetween(char c) {
    return c <= ' ' || c == '"' || c == '\'';
  }

  private static boolean endsWith(String text, int end, String[] names) {
    for (String name : names) {
      int length = name.length();
      if (text.regionMatches(true, end - length, name, 0, length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the beginnings that {@link #SHAPED} asks for is there. */
  private static boolean mayBeShaped(String text) {
    for (String beginning : BEGINNINGS) {
      if (text.contains(beginning)) {
        return true;
      }
    }
    return false;
  }

  private static String replace(
      Pattern pattern, String text, int group, UnaryOperator<String> mask) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length());
    int end = 0;
    do {
      replaced.append(text, end, matcher.start(group)).append(mask.apply(matcher.group(group)));
      end = matcher.end(group);
    } while (matcher.find());
    return replaced.append(text, end, text.length()).toString();
  }

  private FreeText() {}
}

package io.github.mcpauth.agent.redact;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in free text what looks like a secret by its shape or by the name before it. */
final class FreeText {

  private static final String STRONG =
      "access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|assertion"
          + "|registration_access_token|device_code|user_code|password|passwd|api[_-]?key"
          + "|session_?id|mcp-session-id";

  /** Names that are also words: what follows is a secret if it has a digit or is long. */
  private static final String WEAK = "authorization|cookie|code|state|token|sig|signature|secret";

  private static final String BETWEEN = "([\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)";
  private static final String NO_SCHEME = "(?!(?:bearer|basic|dpop|negotiate|digest)\\s)";

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])("
              + STRONG
              + ")"
              + BETWEEN
              + NO_SCHEME
              + "([A-Za-z0-9._~+/%=-]{6,8192})");

  private static final Pattern WEAKLY_NAMED =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9_])("
              + WEAK
              + ")"
              + BETWEEN
              + NO_SCHEME
              + "((?:(?=[A-Za-z._~+/%=-]{0,64}[0-9])[A-Za-z0-9._~+/%=-]{6,8192}"
              + "|[A-Za-z0-9._~+/%=-]{20,8192}))");

  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)\\b(Bearer|Basic|DPoP|Negotiate|NTLM|AWS4-HMAC-SHA256|ApiKey)(\\s{1,3})"
              + "(?![a-z_]{1,40}=)([A-Za-z0-9._~+/=-]{6,65536})");

  private static final Pattern SHAPED =
      Pattern.compile(
          "\\beyJ[A-Za-z0-9_-]{6,65536}(?:\\.[A-Za-z0-9_-]{0,65536}){1,4}"
              + "|\\bgh[pousr]_[A-Za-z0-9]{20,255}|\\bsk-[A-Za-z0-9_-]{16,255}"
              + "|\\bxox[abprs]-[A-Za-z0-9-]{10,255}|\\bAKIA[A-Z0-9]{16}\\b"
              + "|\\bya29\\.[A-Za-z0-9_-]{10,2048}|\\bAIza[A-Za-z0-9_-]{30,64}"
              + "|-----BEGIN [A-Z ]{1,40}-----[A-Za-z0-9+/=\\s]{1,16384}");

  // A pattern is a hundred times as dear as the question whether it can match at all.
  private static final int SHORTEST = "sig=123456".length();
  private static final String[] BEGINNINGS = {
    "eyJ", "gh", "sk-", "xox", "AKIA", "ya29.", "AIza", "-----BEGIN "
  };

  private static final Pattern USERINFO = Pattern.compile("(://)([^/@\\s\"']{1,512})(@)");

  /** The text with each such secret replaced by what {@code mask} makes of it. */
  static String masked(String text, UnaryOperator<String> mask) {
    String masked = text;
    if (masked.indexOf('@') >= 0) {
      masked = replace(USERINFO, masked, 2, secret -> "[redacted]");
    }
    if (masked.length() < SHORTEST) {
      return masked;
    }
    if (hasSpace(masked)) {
      masked = replace(SCHEME, masked, 3, mask);
    }
    if (masked.indexOf('=') >= 0 || masked.indexOf(':') >= 0) {
      masked = replace(NAMED, masked, 3, mask);
      masked = replace(WEAKLY_NAMED, masked, 3, mask);
    }
    return mayBeShaped(masked) ? replace(SHAPED, masked, 0, mask) : masked;
  }

  private static boolean hasSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ') {
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

package io.github.mcpauth.rules.http;

import java.util.Set;

/** The names of header fields that carry credentials; {@link Credentials} reads it. */
final class CredentialHeaders {

  private static final Set<String> IDENTIFYING = CredentialNames.words("authorization dpop");

  private static final String[] IDENTIFYING_PARTS = {
    "api-key", "apikey", "auth-token", "access-token", "private-token"
  };

  /** What the name of a header has in it that may be one. */
  private static final String[] SOUNDS = {
    "token",
    "secret",
    "passw",
    "passphrase",
    "credential",
    "session",
    "cookie",
    "api-key",
    "api_key",
    "jwt",
    "assertion",
    "dpop",
    "signature",
    "-key",
    "_key"
  };

  private static final String[] CERTAIN_ENDINGS = {
    "client-secret",
    "clientsecret",
    "app-secret",
    "appsecret",
    "password",
    "passwd",
    "subscription-key",
    "functions-key"
  };

  private static final Set<String> OWNERS_OF_TOKENS =
      CredentialNames.words(
          "access api auth bearer figma github gitlab id jwt private refresh security service"
              + " session subscription user vault");

  /** What browsers say of a request; none of it is a credential. */
  static boolean isOfBrowsers(String lower) {
    return lower.startsWith(":")
        || lower.equals("last-event-id")
        || lower.startsWith("sec-")
        || lower.startsWith("access-control-")
        || lower.endsWith("idempotency-key");
  }

  static boolean identifies(String lower) {
    return IDENTIFYING.contains(lower) || CredentialNames.containsOne(lower, IDENTIFYING_PARTS);
  }

  static boolean soundsLikeOne(String lower) {
    return CredentialNames.containsOne(lower, SOUNDS)
        || lower.contains("auth") && !lower.endsWith("author") && !lower.endsWith("authors");
  }

  static boolean isCertainHeader(String lower) {
    if (lower.equals("cookie") || lower.equals("mcp-session-id")) {
      return true;
    }
    String plain = lower.replace('_', '-');
    for (String ending : CERTAIN_ENDINGS) {
      if (isLast(plain, ending)) {
        return true;
      }
    }
    int token = plain.endsWith("token") ? plain.length() - "token".length() : 0;
    String before = plain.substring(0, token);
    return token > 0
        && OWNERS_OF_TOKENS.contains(
            CredentialNames.lastWord(
                before.endsWith("-") ? before.substring(0, token - 1) : before));
  }

  private static boolean isLast(String name, String ending) {
    int start = name.length() - ending.length();
    return name.endsWith(ending) && (start == 0 || name.charAt(start - 1) == '-');
  }

  private CredentialHeaders() {}
}

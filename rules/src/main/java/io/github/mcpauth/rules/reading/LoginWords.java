package io.github.mcpauth.rules.reading;

/** What servers say when a request lacks a credential, or its credential is not taken. */
public final class LoginWords {

  private static final String[] MISSING = {
    "unauthorized",
    "unauthenticated",
    "not authenticated",
    "not authorized",
    "authentication required",
    "authentication is required",
    "authentication credentials",
    "requires authentication",
    "authorization required",
    "authorization header",
    "missing authorization",
    "\"authorization\" header",
    "authorization\\\" header",
    "missing bearer",
    "bearer token",
    "access token",
    "no token",
    "missing token",
    "token is required",
    "token required",
    "token missing",
    "no auth",
    "not logged in",
    "log in",
    "login required",
    "sign in",
    "api key",
    "access key",
    "missing credentials",
    "no credentials",
    "invalid credentials"
  };

  private static final String[] REJECTED = {
    "invalid token",
    "invalid_token",
    "token expired",
    "token has expired",
    "token is expired",
    "jwt expired",
    "expired token",
    "invalid or expired token",
    "invalid access token",
    "token is invalid",
    "token revoked"
  };

  /** Whether a text, in lower case, says that a credential is missing. */
  public static boolean missing(String text) {
    return any(MISSING, text);
  }

  /** Whether a text, in lower case, says that the token is not taken. */
  public static boolean rejected(String text) {
    return any(REJECTED, text);
  }

  private static boolean any(String[] words, String text) {
    for (String each : words) {
      if (text.contains(each)) {
        return true;
      }
    }
    return false;
  }

  private LoginWords() {}
}

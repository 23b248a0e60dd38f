package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Letters;

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
    "token revoked",
    "token is no longer valid",
    "tokens are no longer valid",
    "token no longer valid",
    "credentials are no longer valid"
  };

  private static final String STATUS = "401";
  private static final String[] NAMES_OF_STATUS = {"http", "status", "error", "code"};

  /** Whether a text, in lower case, says that a credential is missing. */
  public static boolean missing(String text) {
    return any(MISSING, text);
  }

  /** Whether a text, in lower case, says that the token is not taken. */
  public static boolean rejected(String text) {
    return any(REJECTED, text);
  }

  /** Whether a text, in lower case, has the status 401 as programs write it: not any number. */
  public static boolean saysUnauthorized(String text) {
    for (int at = text.indexOf(STATUS); at >= 0; at = text.indexOf(STATUS, at + 1)) {
      int end = at + STATUS.length();
      boolean named = Letters.isEdge(text, end) && endsInNameOfStatus(text, at);
      if (named || Letters.isEdge(text, at) && isUnauthorized(text, end)) {
        return true;
      }
    }
    return false;
  }

  /** {@code status code: }, {@code http } and the like. */
  private static boolean endsInNameOfStatus(String text, int at) {
    int end = at;
    while (end > 0 && " :=(".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    for (String each : NAMES_OF_STATUS) {
      int start = end - each.length();
      if (text.startsWith(each, start) && Letters.isEdge(text, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnauthorized(String text, int at) {
    int start = at;
    while (start < text.length() && ": )-".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return text.startsWith("unauthorized", start);
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

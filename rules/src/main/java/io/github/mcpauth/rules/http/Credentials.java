package io.github.mcpauth.rules.http;

import java.util.Locale;

/** Tells whether a request names who sends it. */
public final class Credentials {

  /** Whether a header carries a token or key; ambient cookies do not count. */
  public static boolean carriedBy(RequestHead request) {
    for (Header field : request.headers()) {
      if (isCredential(field.name()) && !field.value().isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a header of this name carries a token or key. */
  public static boolean isCredential(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.equals("authorization")
        || name.equals("dpop")
        || name.contains("api-key")
        || name.contains("apikey")
        || name.contains("auth-token")
        || name.contains("access-token")
        || name.contains("private-token");
  }

  private Credentials() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Looks into the credentials of HTTP Basic, of which nothing is kept. */
public final class BasicCredentials {

  /**
   * Whether client id or secret hold characters that form-encoding changes and that are there as
   * they are: a server that decodes them as RFC 6749 §2.3.1 has it gets something else.
   */
  public static boolean needEncoding(RequestHead request) {
    Authorization authorization = Authorization.of(request);
    if (authorization == null || !authorization.is("Basic")) {
      return false;
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.credentials());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return false;
    }
    for (int i = 0; i < pair.length(); i++) {
      char c = pair.charAt(i);
      boolean escape = c == '%' && isHex(pair, i + 1) && isHex(pair, i + 2);
      boolean harmless = Character.isLetterOrDigit(c) || "-._~*:".indexOf(c) >= 0;
      if (c > 126 || (!escape && !harmless)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }

  private BasicCredentials() {}
}

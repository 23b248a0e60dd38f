package io.github.mcpauth.rules.oauth;

import io.github.mcpauth.rules.http.Body;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token that is encrypted (RFC 7516 §3.1: five parts, the first of which is its header). */
public final class Jwe {

  private static final int PARTS = 5;
  private static final int LONGEST_HEADER = 4096;

  /** RFC 7518 §5.1: what else a header may name is not shown. */
  private static final Set<String> ENCRYPTIONS =
      Set.of("A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM");

  /** How a token is encrypted, e.g. {@code A256GCM}; null where it is no JWE, or a strange one. */
  public static @Nullable String encryption(String token) {
    int end = token.indexOf('.');
    if (!token.startsWith("eyJ") || end < 0 || end > LONGEST_HEADER || parts(token) != PARTS) {
      return null;
    }
    try {
      byte[] header = Base64.getUrlDecoder().decode(token.substring(0, end));
      Map<String, @Nullable Object> json = OAuthJson.object(Body.of(header));
      String named = json == null ? null : OAuthJson.text(json, "enc");
      return named != null && ENCRYPTIONS.contains(named) ? named : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static long parts(String token) {
    return 1 + token.chars().filter(c -> c == '.').count();
  }

  private Jwe() {}
}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether a request comes with a proof that only the host can make: for this URL, for this
 * connection, with a key of its own. Such a request is neither repeated nor sent elsewhere.
 */
final class Proof {

  private static final Set<String> SCHEMES =
      Set.of("dpop", "digest", "hoba", "negotiate", "ntlm", "signature", "aws4-hmac-sha256");

  /** RFC 9449 §4.2 (DPoP), RFC 9421 (signatures), RFC 7800 §3.1 (a token that names a key). */
  static boolean binds(RequestHead request) {
    if (request.headers().has("DPoP") || request.headers().has("Signature")) {
      return true;
    }
    for (String value : request.headers().all("Authorization")) {
      Authorization authorization = Authorization.parse(value);
      JwtClaims claims = JwtClaims.of(authorization.credentials());
      if (SCHEMES.contains(authorization.scheme().toLowerCase(Locale.ROOT))
          || (claims != null && claims.bound())) {
        return true;
      }
    }
    return false;
  }

  private Proof() {}
}

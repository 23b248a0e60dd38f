package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether a request comes with a proof that only your application can make: for this URL, for
 * these header fields, for this connection, with a key of its own. No fix changes such a request,
 * repeats it or sends it elsewhere.
 */
final class SignedRequest {

  private static final Set<String> HEADERS =
      Set.of("dpop", "signature", "signature-input", "x-amz-signature", "x-amz-content-sha256");

  private static final Set<String> SCHEMES =
      Set.of("dpop", "digest", "hoba", "mutual", "negotiate", "ntlm", "pop", "signature");

  /** In lower case, with the {@code =} that follows: presigned URLs of AWS and Google. */
  private static final String[] QUERY = {"x-amz-signature=", "x-goog-signature="};

  /**
   * RFC 9449 §4.2 (DPoP), RFC 9421 (signatures), RFC 7800 §3.1 (a token that names a key), AWS
   * Signature Version 4, and the schemes of RFC 7235's registry that prove rather than show.
   */
  static boolean is(RequestHead request) {
    return hasSignature(request) || presigned(request.url()) || proves(request);
  }

  private static boolean hasSignature(RequestHead request) {
    for (String name : HEADERS) {
      if (request.headers().has(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean presigned(URI url) {
    String query = url.getRawQuery();
    String lower = query == null ? "" : query.toLowerCase(Locale.ROOT);
    for (String parameter : QUERY) {
      if (lower.startsWith(parameter) || lower.contains("&" + parameter)) {
        return true;
      }
    }
    return false;
  }

  private static boolean proves(RequestHead request) {
    for (String value : request.headers().all("Authorization")) {
      Authorization authorization = Authorization.parse(value);
      String scheme = authorization.scheme().toLowerCase(Locale.ROOT);
      JwtClaims claims = JwtClaims.of(authorization.credentials());
      if (SCHEMES.contains(scheme)
          || scheme.startsWith("aws4-")
          || (claims != null && claims.bound())) {
        return true;
      }
    }
    return false;
  }

  private SignedRequest() {}
}

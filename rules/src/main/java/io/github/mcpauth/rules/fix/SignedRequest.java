package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Header;
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

  /** In the name of a header: whoever makes a signature gives it a name of its own. */
  private static final String[] HEADERS = {
    "signature", "hmac", "content-sha256", "attestation-pop"
  };

  private static final Set<String> DIGESTS =
      Set.of("content-digest", "content-md5", "digest", "dpop", "repr-digest");

  /** The schemes that show a credential; any other one may prove that it has one. */
  private static final Set<String> SHOWN =
      Set.of("", "apikey", "api-key", "basic", "bearer", "key", "token");

  /** In lower case: presigned URLs of clouds, OAuth 1.0 (RFC 5849 §3.5.3). */
  private static final Set<String> PARAMETERS =
      Set.of("x-amz-signature", "x-goog-signature", "oauth_signature", "signature");

  /**
   * RFC 9449 §4.2 (DPoP), RFC 9421 (signatures), RFC 7800 §3.1 (a token that names a key), AWS
   * Signature Version 4, digests of the body (RFC 9530), and every scheme that is not known to show
   * a credential: of the registry's most prove it, and so do those of many clouds.
   */
  static boolean is(RequestHead request) {
    return hasSignature(request) || presigned(request.url()) || proves(request);
  }

  private static boolean hasSignature(RequestHead request) {
    for (Header field : request.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean signature = DIGESTS.contains(name);
      signature |= name.equals("sign") || name.endsWith("-sign") || name.endsWith("-sig");
      for (String part : HEADERS) {
        signature |= name.contains(part);
      }
      if (signature) {
        return true;
      }
    }
    return false;
  }

  private static boolean presigned(URI url) {
    for (FormParameters.Parameter each : FormParameters.of(url)) {
      boolean signature = PARAMETERS.contains(each.name().toLowerCase(Locale.ROOT));
      if (signature && each.rawValue() != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean proves(RequestHead request) {
    for (String value : request.headers().all("Authorization")) {
      Authorization authorization = Authorization.parse(value);
      String scheme = authorization.scheme().toLowerCase(Locale.ROOT);
      JwtClaims claims = JwtClaims.of(authorization.token());
      if (!SHOWN.contains(scheme) || (claims != null && claims.bound())) {
        return true;
      }
    }
    return false;
  }

  private SignedRequest() {}
}

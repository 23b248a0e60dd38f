package io.github.mcpauth.agent.redact;

import java.util.Locale;
import java.util.Set;

/**
 * Tells from the name of a header, query parameter, form field or JSON member whether its value is
 * a secret. Names compare without case, hyphens, underscores and dots.
 */
final class SecretNames {

  private static final Set<String> SECRET =
      Set.of(
          "code",
          "state",
          "nonce",
          "assertion",
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "token",
          "codeverifier",
          "clientsecret",
          "clientassertion",
          "subjecttoken",
          "actortoken",
          "devicecode",
          "requesturi",
          "request",
          "idtokenhint",
          "loginhint",
          "logouttoken",
          "sessionstate",
          "sid",
          "sessionid",
          "mcpsessionid",
          "jsessionid",
          "ticket",
          "samlresponse",
          "samlrequest",
          "relaystate",
          "signature",
          "sig",
          "sign",
          "apikey",
          "key",
          "auth",
          "authorization",
          "proxyauthorization",
          "jwt",
          "registrationaccesstoken",
          "softwarestatement",
          "authreqid",
          "cnonce",
          "dpop",
          "dpopnonce",
          "cookie",
          "setcookie",
          "jti",
          "requeststate",
          "credential",
          "credentials",
          "privatekey",
          "lasteventid");

  private static final Set<String> NOT_FINGERPRINTED =
      Set.of("password", "passwd", "pwd", "usercode", "otp", "pin", "mfatoken", "username");

  private static final Set<String> FALSE_FRIENDS =
      Set.of(
          "tokentype",
          "tokenendpoint",
          "tokenendpointauthmethod",
          "authorizationendpoint",
          "authorizationserver",
          "authorizationservers",
          "keyid",
          "publickey",
          "keys",
          "authtime",
          "tokentypehint",
          "issuedtokentype",
          "requestedtokentype",
          "progresstoken",
          "authorizationdetails");

  /** Whether a value under this name must not be shown. */
  static boolean isSecret(String name) {
    String plain = plain(name);
    if (FALSE_FRIENDS.contains(plain) || plain.contains("supported") || plain.endsWith("expires")) {
      return false;
    }
    return SECRET.contains(plain)
        || isUnspeakable(name)
        || plain.contains("secret")
        || plain.contains("password")
        || plain.endsWith("token")
        || plain.endsWith("tokens")
        || plain.endsWith("apikey")
        || plain.endsWith("accesskey")
        || plain.endsWith("subscriptionkey")
        || plain.endsWith("sessionid")
        || plain.startsWith("xamz")
        || plain.startsWith("xgoog")
        || plain.contains("jwtassertion");
  }

  /** Whether it has so few possible values that a fingerprint would give it away. */
  static boolean isUnspeakable(String name) {
    String plain = plain(name);
    return NOT_FINGERPRINTED.contains(plain) || plain.contains("password");
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_' && c != '.') {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private SecretNames() {}
}

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
          "authcode",
          "state",
          "nonce",
          "opaque",
          "assertion",
          "token",
          "codeverifier",
          "request",
          "requesturi",
          "idtokenhint",
          "loginhint",
          "sessionstate",
          "session",
          "sessionkey",
          "sid",
          "ticket",
          "samlresponse",
          "samlrequest",
          "relaystate",
          "signature",
          "sig",
          "sign",
          "key",
          "auth",
          "authorization",
          "proxyauthorization",
          "jwt",
          "bearer",
          "pat",
          "xpat",
          "access",
          "xaccess",
          "softwarestatement",
          "authreqid",
          "cnonce",
          "dpop",
          "dpopnonce",
          "cookie",
          "cookie2",
          "setcookie",
          "jti",
          "requeststate",
          "credential",
          "credentials",
          "seed",
          "mnemonic",
          "connectionstring",
          "connectionuri",
          "dsn",
          "jsessionid",
          "phpsessid",
          "xsrf",
          "csrf",
          "webhook",
          "webhookurl",
          "lasteventid",
          "clientassertion",
          "verificationuricomplete",
          "xforwardedclientcert");

  /** With so few possible values that a fingerprint would give them away. */
  private static final Set<String> NOT_FINGERPRINTED =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "pass",
          "pwd",
          "pw",
          "usercode",
          "otp",
          "totp",
          "pin",
          "mfacode",
          "mfatoken",
          "cvv",
          "cvc",
          "username",
          "ssn");

  /** What a peer issues, and the host then uses. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "clientsecret",
          "registrationaccesstoken",
          "mcpsessionid",
          "devicecode",
          "cookie");

  /** The private members of a JWK: RFC 7518 §6. */
  private static final Set<String> OF_KEYS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

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
          "primarykey",
          "foreignkey",
          "cachekey",
          "sortkey",
          "partitionkey",
          "keys",
          "authtime",
          "tokentypehint",
          "issuedtokentype",
          "requestedtokentype",
          "subjecttokentype",
          "actortokentype",
          "progresstoken",
          "maxtokens",
          "prompttokens",
          "completiontokens",
          "totaltokens",
          "inputtokens",
          "outputtokens",
          "authorizationdetails");

  private static final String[] ENDINGS = {
    "token",
    "tokens",
    "key",
    "keys",
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "sessionid",
    "sessionkey",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "connectionstring",
    "verifier",
    "signature"
  };

  private static final String[] PARTS = {"secret", "password", "jwtassertion", "privatekey"};

  /** Whether a value under this name must not be shown. */
  static boolean isSecret(String name) {
    String plain = plain(name);
    if (FALSE_FRIENDS.contains(plain) || plain.contains("supported") || plain.endsWith("expires")) {
      return false;
    }
    return SECRET.contains(plain)
        || NOT_FINGERPRINTED.contains(plain)
        || endsInOne(plain)
        || containsOne(plain)
        || plain.startsWith("xamz")
        || plain.startsWith("xgoog");
  }

  /** Whether a member of JSON under this name, where those of a JWK may stand, is secret. */
  static boolean isSecretMember(String name) {
    return isSecret(name) || OF_KEYS.contains(name);
  }

  /** Whether it has so few possible values that a fingerprint would give it away. */
  static boolean isUnspeakable(String name) {
    String plain = plain(name);
    return NOT_FINGERPRINTED.contains(plain) || plain.contains("password");
  }

  /** Whether a peer issues such a value for the host to use. */
  static boolean isCredential(String name) {
    return CREDENTIALS.contains(plain(name));
  }

  private static boolean endsInOne(String plain) {
    for (String ending : ENDINGS) {
      if (plain.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsOne(String plain) {
    for (String part : PARTS) {
      if (plain.contains(part)) {
        return true;
      }
    }
    return false;
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

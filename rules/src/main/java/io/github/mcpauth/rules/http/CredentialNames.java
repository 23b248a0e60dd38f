package io.github.mcpauth.rules.http;

import io.github.mcpauth.rules.http.Credentials.Level;
import java.util.Locale;
import java.util.Set;

/**
 * The one list of the names of credentials and other secrets; {@link Credentials} reads it. What
 * holds for the names of header fields only is in {@link CredentialHeaders}.
 */
final class CredentialNames {

  private static final int LONGEST = 96;

  /** Words that name many things, a secret among them. */
  private static final Set<String> AMBIGUOUS =
      words(
          "access auth authorization bearer code credential credentials key nonce opaque pass pat"
              + " pin request secret secrets seed session sessions sid sig sign signature state"
              + " ticket token tokens username");

  private static final Set<String> SECRET =
      words(
          "accesskey accountkey actortoken apikey assertion authcode authkey authreqid"
              + " authorizationcode clientassertion clientcredentials clientsecret cnonce"
              + " codeverifier connectionstring connectionuri cookie cookies cookie2 csrf"
              + " databaseurl dpop dpopnonce dpopproof dsn idtokenhint jsessionid jti"
              + " jwt lasteventid loginhint logintoken mnemonic mtlscertificate oauthcode phpsessid"
              + " proxyauthorization recoveryphrase relaystate requeststate requesturi samlrequest samlresponse seedphrase"
              + " sessiondata sessionid sessionkey sessionstate setcookie signaturevalue"
              + " softwarestatement subjecttoken useraccesstoken verificationuricomplete webhook"
              + " webhooks webhookurl xaccess xauth xforwardedclientcert xpat xsrf xkey");

  /** With so few possible values that a fingerprint would give them away; in other tongues, too. */
  private static final Set<String> FEW_VALUES =
      words(
          "password passwords passwd passphrase passcode pass pwd pw usercode otp otpcode totp pin"
              + " pincode mfacode mfatoken cvv cvc username ssn verificationcode onetimecode"
              + " recoverycode backupcode smscode securitycode twofactorcode"
              + " keypass storepass userpass dbpass requirepass creds"
              + " passwort kennwort contraseña contrasena motdepasse senha wachtwoord hasło haslo"
              + " parola lösenord adgangskode salasana heslo jelszó şifre sifre пароль"
              + " 密码 密碼 口令 パスワード 暗証番号 비밀번호");

  /** What a peer issues, and the host then uses. */
  private static final Set<String> ISSUED =
      words(
          "accesstoken refreshtoken idtoken clientsecret registrationaccesstoken mcpsessionid"
              + " devicecode cookie");

  /** The private members of a JWK: RFC 7518 §6. */
  private static final Set<String> OF_KEYS = words("d p q dp dq qi oth k");

  /** They sound like secrets and are none. */
  private static final Set<String> HARMLESS =
      words(
          "authorizationserver authorizationservers keys keyid publickey publickeys primarykey"
              + " foreignkey cachekey sortkey partitionkey authtime progresstoken maxtokens"
              + " prompttokens completiontokens totaltokens inputtokens outputtokens cachedtokens"
              + " reasoningtokens authorizationdetails tokentypehint errorcode statuscode"
              + " responsecode exitcode countrycode languagecode zipcode postalcode idempotencykey"
              + " xidempotencykey secwebsocketkey secwebsocketaccept monkey turkey hockey whiskey"
              + " donkey jockey");

  /** What is said of a secret is none. */
  private static final String[] OF_SECRETS = {
    "supported",
    "expires",
    "expiresin",
    "expiresat",
    "expiry",
    "expiration",
    "length",
    "count",
    "limit",
    "type",
    "endpoint",
    "method",
    "methods",
    "policy",
    "algorithm",
    "required",
    "created",
    "createdat",
    "issuedat",
    "format",
    "lifetime",
    "ttl",
    "size",
    "age",
    "enabled"
  };

  /** What a name may end in without naming something else. */
  private static final String[] TAILS = {
    "value", "values", "text", "string", "raw", "plain", "base64", "b64", "encoded", "header",
    "param", "confirmation", "confirm", "again", "repeat", "new", "old", "current", "hash", "data"
  };

  private static final String[] ENDINGS = {
    "token",
    "tokens",
    "key",
    "keys",
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "passcode",
    "sessionid",
    "sessionkey",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "connectionstring",
    "verifier",
    "signature",
    "assertion"
  };

  private static final String[] PARTS = {"secret", "password", "jwtassertion", "privatekey"};

  /** Too short to be found at the end of a name but as a word of its own. */
  private static final Set<String> LAST_WORDS =
      words("sid pin pass pat pwd pw sig otp totp ssn cvv cvc dsn jwt csrf xsrf auth nonce");

  private static final Set<String> PARAMETERS =
      words(
          "accesstoken token authtoken apikey key clientsecret refreshtoken idtoken password secret"
              + " bearer");

  /** The last words of names of several words that are none of a secret alone. */
  private static final Set<String> PHRASES_END =
      words("id phrase word passe string uri url statement response hint code number");

  static Set<String> words(String list) {
    return Set.of(list.toLowerCase(Locale.ROOT).split(" "));
  }

  static Level level(String name) {
    if (name.length() > LONGEST) {
      return Level.UNKNOWN;
    }
    String plain = plain(name);
    String bare = plain;
    do {
      plain = bare;
      if (HARMLESS.contains(plain)) {
        return Level.UNKNOWN;
      }
      if (AMBIGUOUS.contains(plain)) {
        return Level.AMBIGUOUS;
      }
      if (SECRET.contains(plain) || FEW_VALUES.contains(plain) || ISSUED.contains(plain)) {
        return Level.POSSIBLE;
      }
      if (endsInOne(plain, OF_SECRETS)) {
        return Level.UNKNOWN;
      }
      if (endsInOne(plain, ENDINGS) || containsOne(plain, PARTS) || ofClouds(plain)) {
        return Level.POSSIBLE;
      }
      bare = withoutTail(plain);
    } while (bare.length() < plain.length());
    return LAST_WORDS.contains(lastWord(name)) ? Level.POSSIBLE : Level.UNKNOWN;
  }

  static boolean isPhrase(String words) {
    String plain = plain(words);
    return SECRET.contains(plain) || FEW_VALUES.contains(plain) || ISSUED.contains(plain);
  }

  static boolean endsPhrase(String word) {
    return PHRASES_END.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean ofClouds(String plain) {
    return plain.startsWith("xamz") || plain.startsWith("xgoog");
  }

  private static String withoutTail(String plain) {
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) >= '0' && plain.charAt(end - 1) <= '9') {
      end--;
    }
    String bare = plain.substring(0, end);
    for (String tail : TAILS) {
      if (bare.length() > tail.length() && bare.endsWith(tail)) {
        return bare.substring(0, bare.length() - tail.length());
      }
    }
    return bare;
  }

  static boolean hasFewValues(String name) {
    String plain = plain(name);
    return FEW_VALUES.contains(plain)
        || plain.contains("password")
        || FEW_VALUES.contains(withoutTail(plain))
        || FEW_VALUES.contains(lastWord(name));
  }

  static boolean isIssued(String name) {
    return ISSUED.contains(plain(name));
  }

  static boolean isOfKey(String name) {
    return OF_KEYS.contains(name);
  }

  static boolean isCertainParameter(String name) {
    return PARAMETERS.contains(plain(name));
  }

  private static boolean endsInOne(String plain, String[] endings) {
    for (String ending : endings) {
      if (plain.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  static boolean containsOne(String plain, String[] parts) {
    for (String part : parts) {
      if (plain.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Its letters and digits in lower case: without hyphens, dots, brackets, what is invisible. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }

  /** {@code sid} of {@code connect.sid}, {@code user_sid} and {@code userSid}. */
  static String lastWord(String name) {
    int end = name.length();
    while (end > 0 && !Character.isLetter(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(Letters.wordStart(name, end), end).toLowerCase(Locale.ROOT);
  }

  private CredentialNames() {}
}

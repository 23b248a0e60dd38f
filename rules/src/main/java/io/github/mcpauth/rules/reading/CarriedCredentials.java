package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.oauth.FormField;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What of a request's credentials is still there after a redirect. Named in a finding is only what
 * is a credential beyond doubt; taken out before a redirect is whatever may be one.
 */
public final class CarriedCredentials {

  /** Names that are a credential's in the field; {@code X-Request-Token} and the like are not. */
  private static final Pattern CERTAIN =
      Pattern.compile(
          "(?:.*[-_])?(?:client[-_]?secret|app[-_]?secret|password|passwd"
              + "|(?:access|api|auth|bearer|figma|github|gitlab|id|jwt|private|refresh|security"
              + "|service|session|subscription|user|vault)[-_]?token|subscription-key"
              + "|functions-key)");

  private static final Pattern POSSIBLE =
      Pattern.compile(
          "token|secret|passw|passphrase|credential|session|cookie|api[-_]?key|auth(?!ors?$)"
              + "|jwt|assertion|dpop|signature|[-_]key$");

  /** What browsers say of a request; none of it is secret. */
  private static final Pattern HARMLESS =
      Pattern.compile("access-control-.*|sec-.*|idempotency-key|x-idempotency-key|:.*");

  /** The credentials, by header name, that both requests carry with the same value. */
  public static List<String> in(Exchange exchange, Exchange before) {
    List<String> carried = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      boolean secret = isCredential(field.name());
      if (secret && before.request().headers().all(field.name()).contains(field.value())) {
        carried.add(field.name());
      }
    }
    boolean form = exchange.role() == Role.TOKEN && !exchange.requestBody().isEmpty();
    if (form && FormField.of(exchange.requestBody(), "grant_type") != null) {
      carried.add("the token request's body");
    }
    return carried;
  }

  /** Whether a request carries what may be a credential of its origin in a header. */
  public static boolean any(RequestHead request) {
    for (Header field : request.headers()) {
      if (mayBeCredential(field)) {
        return true;
      }
    }
    return false;
  }

  /** These fields without what may be a credential. */
  public static Headers without(Headers headers) {
    List<Header> kept = new ArrayList<>();
    for (Header field : headers) {
      if (!mayBeCredential(field)) {
        kept.add(field);
      }
    }
    return Headers.of(kept);
  }

  /** Whether a request's body is made of credentials: codes, tokens, client secrets. */
  public static boolean inBody(Exchange exchange) {
    boolean oauth =
        exchange.role() == Role.TOKEN
            || exchange.role() == Role.REVOCATION
            || exchange.role() == Role.REGISTRATION;
    return oauth && !exchange.requestBody().isEmpty();
  }

  /** Whether a header is a credential of its origin: tokens, keys, cookies, session ids. */
  static boolean isCredential(String header) {
    return Credentials.isCredential(header)
        || header.equalsIgnoreCase("Cookie")
        || header.equalsIgnoreCase("Mcp-Session-Id")
        || CERTAIN.matcher(header.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a header may be a credential, by its name or by what it holds. */
  public static boolean mayBeCredential(Header field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    if (HARMLESS.matcher(name).matches()) {
      return false;
    }
    String value = field.value().strip();
    return isCredential(name)
        || POSSIBLE.matcher(name).find()
        || value.regionMatches(true, 0, "Bearer ", 0, 7)
        || value.regionMatches(true, 0, "Basic ", 0, 6)
        || JwtClaims.of(value) != null;
  }

  private CarriedCredentials() {}
}

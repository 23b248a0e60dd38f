package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a request's credentials is still there after a redirect. Named in a finding is only what
 * is a credential beyond doubt; taken out before a redirect is whatever may be one.
 */
public final class CarriedCredentials {

  /** The credentials, by header name, that both requests carry with the same value. */
  public static List<String> in(Exchange exchange, Exchange before) {
    List<String> carried = new ArrayList<>();
    for (Header field : exchange.request().headers()) {
      boolean secret = Credentials.ofHeader(field.name()).isAtLeast(Credentials.Level.CERTAIN);
      if (secret && before.request().headers().all(field.name()).contains(field.value())) {
        carried.add(field.name());
      }
    }
    boolean form = exchange.role() == Role.TOKEN && !exchange.requestBody().isEmpty();
    if (form && FormParameters.of(exchange.requestBody()).first("grant_type") != null) {
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

  /** Whether a header may be a credential, by its name or by what it holds. */
  public static boolean mayBeCredential(Header field) {
    return switch (Credentials.ofHeader(field.name())) {
      case HARMLESS -> false;
      case UNKNOWN -> looksLikeCredential(field.value());
      default -> true;
    };
  }

  private static boolean looksLikeCredential(String value) {
    Authorization parsed = Authorization.parse(value);
    return parsed.is("Bearer") || parsed.is("Basic") || JwtClaims.of(value.strip()) != null;
  }

  private CarriedCredentials() {}
}

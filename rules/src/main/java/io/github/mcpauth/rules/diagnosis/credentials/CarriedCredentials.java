package io.github.mcpauth.rules.diagnosis.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.oauth.FormField;
import java.util.ArrayList;
import java.util.List;

/** What of a request's credentials is still there after a redirect. */
public final class CarriedCredentials {

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

  /** Whether a request carries a credential of its origin in a header. */
  public static boolean any(RequestHead request) {
    for (Header field : request.headers()) {
      if (isCredential(field.name())) {
        return true;
      }
    }
    return false;
  }

  /** These fields without credentials. */
  public static Headers without(Headers headers) {
    List<Header> kept = new ArrayList<>();
    for (Header field : headers) {
      if (!isCredential(field.name())) {
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
  public static boolean isCredential(String header) {
    return Credentials.isCredential(header)
        || header.equalsIgnoreCase("Cookie")
        || header.equalsIgnoreCase("Mcp-Session-Id");
  }

  private CarriedCredentials() {}
}

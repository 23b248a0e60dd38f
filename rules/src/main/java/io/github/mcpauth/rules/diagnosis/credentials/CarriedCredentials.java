package io.github.mcpauth.rules.diagnosis.credentials;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
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

  /** Whether a header is a credential of its origin: tokens, keys, cookies, session ids. */
  public static boolean isCredential(String header) {
    return Credentials.isCredential(header)
        || header.equalsIgnoreCase("Cookie")
        || header.equalsIgnoreCase("Mcp-Session-Id");
  }

  private CarriedCredentials() {}
}

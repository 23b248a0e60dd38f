package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.oauth.OAuthError;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The error with which an authorization server refuses what it was asked for: in the body of the
 * token endpoint's answer (RFC 6749 §5.2), in the query of the authorization endpoint's redirect
 * (§4.1.2.1).
 */
public final class EndpointError {

  /** The error in an answer, or null where it has none. */
  public static @Nullable OAuthError of(Exchange exchange) {
    OAuthError error = OAuthError.of(exchange.responseBody());
    if (error != null || exchange.role() != Role.AUTHORIZE) {
      return error;
    }
    URI location = Urls.parse(exchange.responseHeaders().first("Location"));
    FormParameters query = location == null ? null : FormParameters.of(location);
    String code = query == null ? null : query.first("error");
    return query == null || code == null
        ? null
        : new OAuthError(code, query.first("error_description"));
  }

  private EndpointError() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a request's credentials is still there after a redirect: for a finding, only what is a
 * credential beyond doubt.
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

  /**
   * Whether a request's body may go to another origin: a JSON-RPC message, or none at all. Any
   * other may be made of credentials (codes, tokens, client secrets), or was not seen.
   */
  public static boolean mayLeaveInBody(Exchange exchange) {
    Body body = exchange.requestBody();
    boolean none = body.isEmpty() && body.isWhole();
    return none || (exchange.role() == Role.MCP && McpMethods.isJsonRpc(body));
  }

  /** Whether a header may be a credential, by its name or by what it holds. */
  public static boolean mayBeCredential(Header field) {
    return switch (Credentials.ofHeader(field.name())) {
      case HARMLESS -> false;
      case UNKNOWN -> looksLikeCredential(field.value());
      default -> true;
    };
  }

  /** Whether a header's value looks like a credential, whatever its name. */
  static boolean looksLikeCredential(String value) {
    Authorization parsed = Authorization.parse(value);
    return parsed.is("Bearer") || parsed.is("Basic") || JwtClaims.of(value.strip()) != null;
  }

  private CarriedCredentials() {}
}

package io.github.mcpauth.rules.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Credentials;
import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.json.JsonParsers;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.OtherForm;
import java.io.IOException;
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
    boolean form = exchange.role().meant() == Role.TOKEN && !exchange.requestBody().isEmpty();
    if (form && hasGrant(exchange)) {
      carried.add("the token request's body");
    }
    return carried;
  }

  private static boolean hasGrant(Exchange exchange) {
    return OtherForm.parameters(exchange.request(), exchange.requestBody()).first("grant_type")
        != null;
  }

  /**
   * Whether a request's body may go to another origin: a JSON-RPC message without a credential in
   * it, or none at all. Any other may be made of credentials (codes, tokens, client secrets), or
   * was not seen.
   */
  public static boolean mayLeaveInBody(Exchange exchange) {
    Body body = exchange.requestBody();
    boolean whole = body.isWhole();
    boolean message = exchange.role() == Role.MCP && McpMethods.isJsonRpc(body);
    return whole && (body.isEmpty() || (message && !hasCredential(exchange)));
  }

  /** Whether a message has a member with the name of a credential, or one that its head carries. */
  private static boolean hasCredential(Exchange exchange) {
    try (JsonParser json = JsonParsers.of(exchange.requestBody().bytes())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        boolean found =
            token == JsonToken.FIELD_NAME
                ? isCredential(json.currentName())
                : token == JsonToken.VALUE_STRING && isCarried(json.getText(), exchange);
        if (found) {
          return true;
        }
      }
      return false;
    } catch (IOException notToBeRead) {
      return true;
    }
  }

  private static boolean isCredential(String member) {
    return Credentials.ofParameter(member).isAtLeast(Credentials.Level.CERTAIN)
        || Credentials.ofHeader(member).isAtLeast(Credentials.Level.CERTAIN);
  }

  private static boolean isCarried(String text, Exchange exchange) {
    if (looksLikeCredential(text)) {
      return true;
    }
    for (Header field : exchange.request().headers()) {
      String value = field.value().strip();
      String token = value.substring(value.lastIndexOf(' ') + 1);
      if (token.length() >= SHORTEST && !PublicHeaders.isPublic(field) && text.contains(token)) {
        return true;
      }
    }
    return false;
  }

  private static final int SHORTEST = 8;

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

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.ClientKind;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.FixWorld.Reply;
import io.github.mcpauth.rules.fix.FixWorld.Sent;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import java.net.URI;
import java.time.Instant;

/** The documents and tokens that the tests' servers have in common. */
final class OAuthServer {

  static final String PRM_PATH = "https://mcp.example/.well-known/oauth-protected-resource/mcp";
  static final String PRM_ROOT = "https://mcp.example/.well-known/oauth-protected-resource";
  static final String ASM = FixWorld.AS + "/.well-known/oauth-authorization-server";
  static final String TOKEN = FixWorld.AS + "/token";
  static final String REGISTER = FixWorld.AS + "/register";

  /** What names the server in a form. */
  static final String RESOURCE = "resource=https%3A%2F%2Fmcp.example%2Fmcp";

  static String resource(String resource, String issuer) {
    return "{\"resource\":\"" + resource + "\",\"authorization_servers\":[\"" + issuer + "\"]}";
  }

  static String metadata(String issuer) {
    return "{\"issuer\":\""
        + issuer
        + "\",\"authorization_endpoint\":\""
        + issuer
        + "/authorize\""
        + ",\"token_endpoint\":\""
        + issuer
        + "/token\","
        + "\"token_endpoint_auth_methods_supported\":"
        + "[\"client_secret_basic\",\"client_secret_post\"]}";
  }

  static String token(String value) {
    return "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
  }

  /** A request for a token. */
  static Exchange tokenRequest(String form) {
    RequestHead head = new RequestHead("POST", URI.create(TOKEN), Headers.NONE);
    return Exchange.sending(1, ClientKind.OKHTTP, Role.TOKEN, head, Body.of(form), Instant.EPOCH);
  }

  /** Discovery and a token endpoint that issues {@code new-token-1234567}; null for the rest. */
  static @org.jspecify.annotations.Nullable Reply orNull(Sent sent) {
    if (sent.goesTo(PRM_PATH)) {
      return Reply.of(200, resource(FixWorld.MCP, FixWorld.AS));
    }
    if (sent.goesTo(ASM)) {
      return Reply.of(200, metadata(FixWorld.AS));
    }
    if (sent.goesTo(REGISTER)) {
      return Reply.of(201, "{\"client_id\":\"client-1\"}");
    }
    return sent.goesTo(TOKEN) ? Reply.of(200, token("new-token-1234567")) : null;
  }

  /** What a host does after a 401: reads both documents and asks for a token. */
  static void logIn(FixWorld world) {
    world.get(PRM_PATH);
    world.get(ASM);
    world.form(
        TOKEN,
        "grant_type=authorization_code&code=c&resource=" + "https%3A%2F%2Fmcp.example%2Fmcp");
  }

  private OAuthServer() {}
}

package io.github.mcpauth.demo.host;

import io.github.mcpauth.demo.host.Settings.Login;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a user's sign-on at the company into the form of a token request (SEP-990): token exchange
 * at the identity provider (RFC 8693 §2.1) for a JWT that the server takes as a grant (RFC 7523
 * §2.1).
 */
final class CrossAppGrant {

  static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String TOKEN_TYPE = "urn:ietf:params:oauth:token-type:";

  private final Http http;

  CrossAppGrant(Http http) {
    this.http = http;
  }

  Map<String, String> form(Login login, String issuer, @Nullable String resource)
      throws IOException, InterruptedException {
    Map<String, String> exchange = new LinkedHashMap<>();
    exchange.put("grant_type", EXCHANGE);
    exchange.put("requested_token_type", TOKEN_TYPE + "id-jag");
    exchange.put("subject_token", login.idToken());
    exchange.put("subject_token_type", TOKEN_TYPE + "id_token");
    exchange.put("audience", issuer);
    if (resource != null) {
      exchange.put("resource", resource);
    }
    exchange.put("client_id", login.clientId());
    Http.Reply reply =
        http.send(
            login.tokenEndpoint(),
            Map.of("Accept", "application/json"),
            Form.TYPE,
            Form.write(exchange));
    if (reply.status() != 200) {
      throw new IOException("the identity provider refused");
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", JWT_BEARER);
    form.put("assertion", Json.required(Json.parse(reply.body()), "access_token"));
    return form;
  }
}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.FormField;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a token request that got {@code invalid_client} once more with the other way to present the
 * client's secret (RFC 6749 §2.3.1), to the same endpoint, if the metadata lists it.
 */
final class OtherClientAuth implements Fix {

  private static final String BASIC = "client_secret_basic";
  private static final String POST = "client_secret_post";

  @Override
  public String rule() {
    return "token-request-rejected";
  }

  @Override
  public boolean needsBody(Exchange exchange, Journey journey) {
    return exchange.role() == Role.TOKEN && (exchange.status() == 400 || exchange.status() == 401);
  }

  @Override
  public @Nullable Plan plan(Exchange exchange, Journey journey, boolean explicit) {
    OAuthError error = needsBody(exchange, journey) ? OAuthError.of(exchange.responseBody()) : null;
    if (error == null || !error.code().equals("invalid_client")) {
      return null;
    }
    String used = TokenRequest.of(exchange).clientAuth();
    String other = used.equals(BASIC) ? POST : used.equals(POST) ? BASIC : null;
    if (other == null) {
      return null;
    }
    String action = "replayed the token request with " + other;
    var server = journey.discovery().server();
    if (server == null
        || !exchange.request().url().toString().equals(server.document().tokenEndpoint())) {
      return new Plan.Skip(action, "the authorization server's metadata was not seen");
    }
    if (!listed(server.document().clientAuthMethods()).contains(other)) {
      return new Plan.Skip(action, "the authorization server does not list it");
    }
    return used.equals(BASIC) ? asPost(exchange, action) : asBasic(exchange, action);
  }

  /** Left out, it is basic alone (RFC 8414 §2). */
  private static List<String> listed(List<String> methods) {
    return methods.isEmpty() ? List.of(BASIC) : methods;
  }

  private static Plan asPost(Exchange exchange, String action) {
    RequestHead request = exchange.request();
    String basic = String.valueOf(request.headers().first("Authorization")).strip();
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(basic.substring(basic.indexOf(' ') + 1).strip());
      pair = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new Plan.Skip(action, "the Authorization header cannot be read");
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return new Plan.Skip(action, "the Authorization header cannot be read");
    }
    // Both are form-encoded already (RFC 6749 §2.3.1).
    String form =
        FormField.without(exchange.requestBody(), "client_id")
            + "&client_id="
            + pair.substring(0, colon)
            + "&client_secret="
            + pair.substring(colon + 1);
    return send(action, request.withHeaders(request.headers().without("Authorization")), form);
  }

  private static Plan asBasic(Exchange exchange, String action) {
    Body body = exchange.requestBody();
    String id = FormField.of(body, "client_id");
    String secret = FormField.of(body, "client_secret");
    if (id == null || secret == null) {
      return new Plan.Skip(action, "the request names no client_id");
    }
    String pair =
        URLEncoder.encode(id, StandardCharsets.UTF_8)
            + ':'
            + URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    RequestHead request = exchange.request();
    return send(
        action,
        request.withHeaders(request.headers().with("Authorization", "Basic " + basic)),
        FormField.without(body, "client_secret"));
  }

  private static Plan send(String action, RequestHead request, String form) {
    return new Plan.Send(
        action,
        request.withHeaders(request.headers().without("Content-Length")),
        form.getBytes(StandardCharsets.UTF_8),
        true,
        Continuation.TAKE);
  }
}

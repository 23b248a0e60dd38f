package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Moves a client's secret between header and form (RFC 6749 §2.3.1) within the same token request.
 */
final class ClientSecret {

  static final String BASIC = "client_secret_basic";
  static final String POST = "client_secret_post";

  /** A token request with the secret elsewhere; shown nowhere. */
  static final class Moved {

    final RequestHead request;
    final String form;

    private Moved(RequestHead request, String form) {
      this.request = request.withHeaders(request.headers().without("Content-Length"));
      this.form = form;
    }
  }

  /** The way that the request does not use, or null where it shows no secret or shows it twice. */
  static @Nullable String other(Exchange exchange) {
    String used = TokenRequest.of(exchange.request(), exchange.requestBody()).clientAuth();
    return used.equals(BASIC) ? POST : used.equals(POST) ? BASIC : null;
  }

  /** The metadata of the server whose token endpoint the request goes to, or null. */
  static @Nullable AuthorizationServerMetadata metadata(Exchange exchange, McpServer server) {
    var its = server.discovery().server();
    return its != null && exchange.request().url().toString().equals(its.document().tokenEndpoint())
        ? its.document()
        : null;
  }

  /** The request with its secret as in {@code method}, or null where it cannot be read. */
  static @Nullable Moved to(String method, Exchange exchange) {
    return method.equals(POST) ? toForm(exchange) : toHeader(exchange);
  }

  private static @Nullable Moved toForm(Exchange exchange) {
    RequestHead request = exchange.request();
    Authorization authorization = Authorization.of(request);
    String basic = authorization == null ? "" : authorization.credentials();
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(basic);
      pair = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return null;
    }
    // Both are form-encoded already (RFC 6749 §2.3.1).
    String form =
        FormParameters.of(exchange.requestBody())
            .without("client_id")
            .plusRaw("client_id", pair.substring(0, colon))
            .plusRaw("client_secret", pair.substring(colon + 1))
            .encoded();
    return new Moved(request.withHeaders(request.headers().without("Authorization")), form);
  }

  private static @Nullable Moved toHeader(Exchange exchange) {
    FormParameters form = FormParameters.of(exchange.requestBody());
    String id = form.first("client_id");
    String secret = form.first("client_secret");
    if (id == null || secret == null) {
      return null;
    }
    String pair =
        URLEncoder.encode(id, StandardCharsets.UTF_8)
            + ':'
            + URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    RequestHead request = exchange.request();
    return new Moved(
        request.withHeaders(request.headers().with("Authorization", "Basic " + basic)),
        form.without("client_secret").encoded());
  }

  private ClientSecret() {}
}

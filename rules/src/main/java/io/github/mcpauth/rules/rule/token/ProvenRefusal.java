package io.github.mcpauth.rules.rule.token;

import static io.github.mcpauth.rules.rule.token.TokenRefusal.host;
import static io.github.mcpauth.rules.rule.token.TokenRefusal.server;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.RegistrationResponse;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.Said;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a token was refused, as far as the requests and answers of the login prove it. */
final class ProvenRefusal {

  private static final int SHORTEST_VERIFIER = 43;
  private static final int LONGEST_VERIFIER = 128;

  static @Nullable TokenRefusal of(
      TokenRequest request, Said said, Exchange exchange, McpServer server) {
    boolean client = isAboutClient(said, exchange);
    boolean several = request.clientAuth().contains(" and ");
    // Some say so as an invalid request.
    if (several && (client || said.lower().contains("client credentials"))) {
      return host(
          "several-auth-methods",
          "The client authenticated in more than one way.",
          "Your application: use one method: Basic, or client_id and client_secret in the form (RFC 6749 §2.3)");
    }
    if (client) {
      // A server that speaks of the assertion has taken the method.
      return said.lower().contains("assertion") ? null : registered(request, exchange, server);
    }
    return "invalid_grant".equals(said.code()) ? grant(request, exchange, server) : null;
  }

  static boolean isAboutClient(Said said, Exchange exchange) {
    return "invalid_client".equals(said.code())
        || (said.code() == null && exchange.status() == 401)
        || "unauthorized".equals(said.code());
  }

  /** What the registration said of how this client authenticates. */
  private static @Nullable TokenRefusal registered(
      TokenRequest request, Exchange exchange, McpServer server) {
    RegistrationResponse registration = server.discovery().registration();
    boolean its =
        registration != null
            && (request.clientId() == null
                || Objects.equals(request.clientId(), registration.clientId()));
    if (registration == null || !its) {
      return null;
    }
    Instant expires = registration.secretExpires();
    if (expires != null && !exchange.sentAt().isBefore(expires)) {
      return host(
          "client-secret-expired",
          "By the registration, the client's secret expired at " + expires + ".",
          "Your application: register again: the secret of the registration has expired");
    }
    String method = registration.authMethod();
    if (method != null && method.startsWith("client_secret") && !registration.secret()) {
      return server(
          "registration-without-secret",
          "The registration says token_endpoint_auth_method "
              + method
              + ", and its answer had no client_secret.",
          "Authorization server: issue a client_secret with such a registration, or register the"
              + " client with token_endpoint_auth_method \"none\" (RFC 7591 §3.2.1)",
          "Your application: ask for \"none\" when it registers, if it is a public client");
    }
    boolean usual = request.clientAuth().equals("client_secret_basic");
    if (method == null && registration.secret() && !usual) {
      return host(
              "auth-method",
              "The registration brought a client_secret and names no token_endpoint_auth_method, which"
                  + " means client_secret_basic (RFC 7591 §2); the request used "
                  + request.clientAuth()
                  + ".",
              "Your application: authenticate with the secret of the registration, with Basic"
                  + " (client_secret_basic)",
              "Authorization server: name the token_endpoint_auth_method of the client in its answer")
          .likely();
    }
    if (method != null && !method.equals(request.clientAuth())) {
      return host(
          "auth-method",
          "The registration says token_endpoint_auth_method "
              + method
              + "; the request used "
              + request.clientAuth()
              + ".",
          "Your application: authenticate as the answer to the registration says: " + method);
    }
    return null;
  }

  private static @Nullable TokenRefusal grant(
      TokenRequest request, Exchange exchange, McpServer server) {
    if (request.isRefresh()) {
      AccessToken newest = server.tokens().supersedes(request.refreshToken());
      return newest != null
          ? host(
              "superseded-refresh-token",
              "Exchange " + newest.exchangeId() + " had brought a newer refresh token.",
              "Your application: keep the refresh token of the newest token response of its login")
          : null;
    }
    boolean replayed =
        request.isCodeExchange()
            && request.code() != null
            && server.tokens().others(request.code(), exchange.id()) != null;
    if (replayed) {
      return host(
          "code-replayed",
          "The same code was sent before; a code is good for one use.",
          "Your application: exchange a code once; do not retry a token request that was answered");
    }
    String redirect = unregistered(request, server);
    if (redirect != null) {
      return host(
              "redirect-uri",
              "The request's redirect_uri " + request.redirectUri() + " is not " + redirect + ".",
              "Your application: send the very redirect_uri of the authorization request, which is a"
                  + " registered one: host, port and path to the letter (localhost is not 127.0.0.1)")
          .likely();
    }
    int verifier = request.verifierLength();
    return verifier >= 0 && (verifier < SHORTEST_VERIFIER || verifier > LONGEST_VERIFIER)
        ? host(
            "verifier-length",
            "The PKCE verifier has " + verifier + " characters.",
            "Your application: use 43 to 128 characters (RFC 7636 §4.1)")
        : null;
  }

  /** The registered redirect URIs where the request's is none of them, in words; else null. */
  private static @Nullable String unregistered(TokenRequest request, McpServer server) {
    RegistrationResponse registration = server.discovery().registration();
    String sent = request.redirectUri();
    List<String> registered = registration == null ? null : registration.redirectUris();
    if (registration == null
        || registered == null
        || registered.isEmpty()
        || sent == null
        || !Objects.equals(request.clientId(), registration.clientId())) {
      return null;
    }
    for (String each : registered) {
      if (each.equals(sent) || withoutPort(each).equals(withoutPort(sent))) {
        return null;
      }
    }
    return registered.size() == 1
        ? "the registered " + registered.get(0)
        : "one of the registered " + registered;
  }

  /** The port of a loopback redirect is chosen at each login (RFC 8252 §7.3). */
  private static String withoutPort(String redirect) {
    URI url = Urls.parse(redirect);
    String host = url == null ? null : url.getHost();
    boolean loopback =
        host != null
            && (host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("localhost"));
    return url == null || !loopback || !"http".equals(url.getScheme())
        ? redirect
        : host + url.getRawPath();
  }

  private ProvenRefusal() {}
}

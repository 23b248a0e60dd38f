package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.Exchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a token endpoint refused, as far as request, answer and what is known of the client tell.
 *
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 */
record TokenRefusal(String cause, Actor actor, String inWords, List<String> remedy) {

  private static final int SHORTEST_VERIFIER = 43;
  private static final int LONGEST_VERIFIER = 128;

  static TokenRefusal of(
      TokenRequest request, @Nullable OAuthError error, Exchange exchange, McpServer journey) {
    if (error == null) {
      return Exchanges.isHtml(exchange)
          ? server(
              "not-json",
              "The answer is an HTML page, not an OAuth answer.",
              "Authorization server: answer token requests with JSON (RFC 6749 §5.2)",
              "Network: check what stands in front of the token endpoint")
          : server(
              "no-token",
              "The answer holds neither a token nor an OAuth error.",
              "Authorization server: answer with access_token and token_type, or with an error");
    }
    String said = (error.description() == null ? "" : error.description()).toLowerCase(Locale.ROOT);
    TokenRefusal entra = entra(said);
    if (entra != null) {
      return entra;
    }
    TokenRefusal refusal =
        switch (error.code()) {
          case "invalid_grant" -> grant(request, said, exchange, journey);
          case "invalid_client" -> client(request, journey);
          case "invalid_scope" ->
              host(
                  "scope",
                  "A requested scope is unknown or not allowed.",
                  "Host: ask for the scope of the challenge, else for scopes_supported of the"
                      + " protected resource metadata, not for all that the authorization server"
                      + " lists");
          case "invalid_target" -> target(request, journey);
          case "unsupported_grant_type" ->
              host(
                  "grant-type",
                  "The server does not offer this grant.",
                  "Host: use a grant of grant_types_supported");
          case "unauthorized_client" ->
              user(
                  "grant-not-allowed",
                  "This client may not use this grant.",
                  "User: allow the grant for this client at the authorization server");
          case "invalid_request" -> request(request, said, journey);
          default ->
              server(
                  "server-fault",
                  "The server names a fault of its own.",
                  "Authorization server: look up the request in its log");
        };
    return exchange.status() < 400 ? refusal.withStatus200() : refusal;
  }

  private TokenRefusal withStatus200() {
    List<String> steps = new ArrayList<>(remedy);
    steps.add(
        "Authorization server: send errors with status 400 or 401, not "
            + "200 (RFC 6749 §5.2); hosts take 200 for success");
    return new TokenRefusal(cause, actor, inWords + " It came with a status of success.", steps);
  }

  private static @Nullable TokenRefusal entra(String said) {
    if (said.contains("aadsts9010010") || said.contains("aadsts901002")) {
      return host(
          "resource-not-supported",
          "Microsoft Entra does not take the resource parameter beside scopes.",
          "Host: leave resource out towards Entra, and ask for scopes with the resource's prefix"
              + " (api://…/.default)");
    }
    return said.contains("aadsts650053")
        ? host(
            "scope-of-another-resource",
            "A scope lacks the prefix of its resource.",
            "Host: send scopes with the resource's prefix in refresh requests as well")
        : null;
  }

  private static TokenRefusal grant(
      TokenRequest request, String said, Exchange exchange, McpServer journey) {
    if (request.isRefresh()) {
      AccessToken source = journey.tokens().broughtRefreshToken(request.refreshToken());
      AccessToken newest = journey.newestToken();
      if (source != null && newest != null && source != newest && newest.refreshToken() != null) {
        return host(
            "superseded-refresh-token",
            "Exchange " + newest.exchangeId() + " had brought a newer refresh token.",
            "Host: keep the refresh token of the newest token response, also after a new login");
      }
      return user(
          "refresh-token-rejected",
          "The refresh token is expired, revoked or used up.",
          "User: log in again",
          "Host: on invalid_grant, drop the refresh token and start a new login");
    }
    if (!request.isCodeExchange()) {
      return host(
          "grant-rejected",
          "The assertion or credential was not accepted.",
          "Host: check issuer, audience and lifetime of the assertion");
    }
    boolean replayed =
        request.code() != null && journey.tokens().others(request.code(), exchange.id()) != null;
    if (replayed) {
      return host(
          "code-replayed",
          "The same code was sent before; a code is good for one use.",
          "Host: exchange a code once; do not retry a token request that was answered");
    }
    int verifier = request.verifierLength();
    if (verifier >= 0 && (verifier < SHORTEST_VERIFIER || verifier > LONGEST_VERIFIER)) {
      return host(
          "verifier-length",
          "The PKCE verifier has " + verifier + " characters.",
          "Host: use 43 to 128 characters (RFC 7636 §4.1)");
    }
    if (said.contains("redirect")) {
      return host(
          "redirect-uri",
          "The redirect_uri is not the one of the login.",
          "Host: send the very redirect_uri of the authorization request, port included");
    }
    if (said.contains("verifier") || said.contains("pkce") || said.contains("challenge")) {
      return host(
          "pkce",
          "The PKCE verifier does not match the login's challenge.",
          "Host: keep the verifier of the login that the code belongs to; S256 is over ASCII bytes");
    }
    if (said.contains("expired")) {
      return host("code-expired", "The code was too old.", "Host: exchange the code at once");
    }
    return host(
        "code-rejected",
        "The code is expired, used up, of another client, or does not match redirect_uri or"
            + " verifier.",
        "Host: exchange a code once and at once, with the redirect_uri and verifier of its login");
  }

  private static TokenRefusal client(TokenRequest request, McpServer journey) {
    if (request.clientAuth().contains(" and ")) {
      return host(
          "several-auth-methods",
          "The client authenticated in more than one way.",
          "Host: use one method: Basic, or client_secret in the form (RFC 6749 §2.3)");
    }
    var server = journey.discovery().server();
    List<String> methods = server == null ? List.of() : server.document().clientAuthMethods();
    if (!methods.isEmpty() && !methods.contains(request.clientAuth())) {
      return host(
          "auth-method",
          "The metadata offers " + methods + ".",
          "Host: authenticate with a method that the metadata or the registration names");
    }
    String id = request.clientId();
    if (id != null && id.startsWith("https://")) {
      return server(
          "metadata-document-rejected",
          "The client id is the URL of a metadata document.",
          "Authorization server: check that it can fetch the document and takes such clients"
              + " (client_id_metadata_document_supported)",
          "Host: the document's client_id must equal its URL");
    }
    boolean knew = journey.newestToken() != null;
    return knew
        ? host(
            "registration-lost",
            "The server issued a token to this host before.",
            "Host: the registration is gone (a server that keeps clients in memory was restarted);"
                + " delete the cached client_id and register again")
        : user(
            "client-unknown",
            "The server does not know this client, or refuses its secret.",
            "User: check client_id and secret in the host's configuration",
            "Host: if the client was registered earlier, register again");
  }

  private static TokenRefusal target(TokenRequest request, McpServer journey) {
    ProtectedResourceMetadata document = journey.resourceMetadata();
    String published = document == null ? null : document.resource();
    String words = "The resource is not one that the server issues tokens for.";
    String register = "Authorization server: register the MCP server's URL as a resource";
    String send = "Host: send resource exactly as the protected resource metadata has it";
    boolean right =
        request.resource() != null
            && request.resource().equals(published == null ? journey.resource() : published);
    return right ? server("resource", words, register) : host("resource", words, send, register);
  }

  private static TokenRefusal request(TokenRequest request, String said, McpServer journey) {
    if (said.contains("resource")) {
      return request.resource() == null
          ? host(
              "resource-missing",
              "The request names no resource.",
              "Host: send resource=" + journey.resource() + " with token requests (RFC 8707)")
          : server(
              "resource-not-supported",
              "The server does not take the resource parameter.",
              "Authorization server: accept or ignore resource (RFC 8707)");
    }
    if (said.contains("verifier") || said.contains("pkce")) {
      return host(
          "pkce",
          "The PKCE verifier is missing or wrong.",
          "Host: send code_verifier with the code (RFC 7636 §4.5)");
    }
    return host(
        "malformed-request",
        "The request lacks something, or has it twice.",
        "Host: correct what the answer names");
  }

  private static TokenRefusal host(String cause, String words, String... steps) {
    return new TokenRefusal(cause, Actor.HOST, words, List.of(steps));
  }

  private static TokenRefusal user(String cause, String words, String... steps) {
    return new TokenRefusal(cause, Actor.USER, words, List.of(steps));
  }

  private static TokenRefusal server(String cause, String words, String... steps) {
    return new TokenRefusal(cause, Actor.AUTHORIZATION_SERVER, words, List.of(steps));
  }
}

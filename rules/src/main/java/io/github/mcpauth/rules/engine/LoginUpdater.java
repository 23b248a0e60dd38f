package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.knowledge.Attribution.Evidence;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.Login;
import io.github.mcpauth.rules.knowledge.Logins;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.knowledge.RefusedLogins;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.TokenRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns token requests, and the tokens that MCP requests carry, into knowledge of logins: also of
 * those that no server is known for yet. Confined to the lock of the diagnosis.
 */
final class LoginUpdater {

  private final Provenance provenance;
  private final Logins logins;
  private final CredentialLedger ledger;
  private final InstantSource clock;
  private final RefusedLogins refused = new RefusedLogins();
  private @Nullable String lastAuthorization;
  private @Nullable String lastDigest;

  LoginUpdater(Provenance provenance, Logins logins, CredentialLedger ledger, InstantSource clock) {
    this.provenance = provenance;
    this.logins = logins;
    this.ledger = ledger;
    this.clock = clock;
  }

  void sent(Exchange exchange, McpServer server) {
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    asked(exchange, server);
    server.tokens().used(request.code(), exchange.id(), exchange.sentAt());
    server.tokens().used(request.refreshToken(), exchange.id(), exchange.sentAt());
  }

  /** A token was asked for, in whatever form. */
  void asked(Exchange exchange, McpServer server) {
    server.tokens().requested();
    for (McpServer other : provenance.candidates(exchange)) {
      other.tokens().requested();
    }
  }

  /**
   * A token endpoint answered.
   *
   * @param attribution whose it is, or null where no server is known that it may be for
   */
  void completed(Exchange exchange, @Nullable Attribution attribution) {
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    AccessToken value =
        exchange.status() == 200
            ? AccessToken.issued(
                exchange.responseBody(),
                exchange.mediaType(),
                request,
                clock.instant(),
                exchange.id())
            : null;
    if (value == null) {
      if (attribution == null && exchange.status() >= 400) {
        refused.add(exchange);
      }
      return;
    }
    refused.succeeded(exchange);
    ledger.issued(value, exchange.request().url());
    URI endpoint = exchange.request().url();
    JwtClaims claims = value.claims();
    boolean itself = claims != null && provenance.isIssuer(claims.issuer(), endpoint);
    String holder = itself && claims != null ? claims.holder() : null;
    Login.Token token = logins.issued(value, request, endpoint, holder);
    token.servers().addAll(provenance.audience(request, endpoint));
    for (McpServer server : List.copyOf(token.servers())) {
      server.tokens().issued(token);
    }
    McpServer named = provenance.ofResource(request.resource());
    if (named != null && !token.isFor(named)) {
      named.tokens().given(token.login()); // By whoever: it is not the only one.
    }
    boolean likely =
        attribution != null
            && attribution.evidence() != Evidence.SHARED_ISSUER
            && !token.isFor(attribution.server())
            && !isForAnother(request, attribution.server());
    if (attribution != null && likely) {
      attribution.server().tokens().issued(token);
    }
  }

  /** Whether a request names a resource, and it is not the server's. */
  private boolean isForAnother(TokenRequest request, McpServer server) {
    String resource = request.resource();
    McpServer named = provenance.ofResource(resource);
    return resource != null && named != server;
  }

  /** The host sends a request to a server: the login of the token in it is one it is given. */
  void given(Exchange exchange, McpServer server) {
    Login.Token token = logins.with(digest(exchange));
    if (token != null) {
      server.tokens().given(token.login());
    }
  }

  /** A server is known from now on: it may have been logged in at before. */
  void known(McpServer server) {
    logins.askedFor(server).forEach(server.tokens()::given);
  }

  /** A host sends the same token again and again: it is digested once. */
  private @Nullable String digest(Exchange exchange) {
    String authorization = exchange.request().headers().first("Authorization");
    if (!Objects.equals(authorization, lastAuthorization)) {
      lastAuthorization = authorization;
      lastDigest = Digest.ofCredential(authorization);
    }
    return lastDigest;
  }

  /** The server took a request: the token in it is the server's. */
  void taken(Exchange exchange, McpServer server) {
    String digest = digest(exchange);
    Login.Token token = logins.with(digest);
    if (token != null && !token.isFor(server)) {
      provenance.taken(token.value().request().client(), server);
    }
    server.tokens().taken(exchange, digest, token);
    if (exchange.followUp() != FollowUp.AUTOFIX) {
      server.tokens().sent(digest);
    }
  }

  /** A login is given back. Whether that succeeds or not: its user wants it to be over. */
  void revoked(Exchange exchange) {
    logins.revoked(Digest.of(FormParameters.of(exchange.requestBody()).first("token")));
  }

  /** The refused logins that are this server's, now that it is known. */
  List<Exchange> refusedFor(McpServer server) {
    return refused.isEmpty()
        ? List.of()
        : refused.take(
            exchange -> {
              Attribution its = provenance.of(exchange);
              return its != null && its.server() == server;
            });
  }

  void forgetExpired() {
    lastAuthorization = null;
    lastDigest = null;
    ledger.forgetText();
    logins.forgetExpired(clock.instant());
  }
}

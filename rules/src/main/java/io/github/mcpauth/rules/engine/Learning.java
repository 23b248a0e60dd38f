package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Cause;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Digest;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.CredentialLedger;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.McpServers;
import io.github.mcpauth.rules.knowledge.McpSession;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import io.github.mcpauth.rules.oauth.Scopes;
import io.github.mcpauth.rules.oauth.TokenRequest;
import io.github.mcpauth.rules.reading.Exchanges;
import java.net.URI;
import java.time.InstantSource;

/** Adds to a server what the OAuth documents say that come by. */
final class Learning {

  private static final int LONGEST_INITIALIZE = 64 * 1024;

  private final McpServers servers;
  private final InstantSource clock;
  private final CredentialLedger ledger;

  Learning(McpServers servers, InstantSource clock, CredentialLedger ledger) {
    this.ledger = ledger;
    this.servers = servers;
    this.clock = clock;
  }

  void sent(Exchange exchange, McpServer server) {
    if (exchange.role() == Role.MCP && exchange.cause() == null) {
      initializes(exchange, server);
    }
    if (exchange.role() == Role.REGISTRATION) {
      server.discovery().registers();
    }
    if (exchange.role() == Role.TOKEN) {
      TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
      server.tokens().requested();
      server.tokens().used(request.code(), exchange.id(), exchange.sentAt());
      server.tokens().used(request.refreshToken(), exchange.id(), exchange.sentAt());
    }
  }

  private static void initializes(Exchange exchange, McpServer server) {
    Body body = exchange.requestBody();
    if (isKept(body) && "initialize".equals(McpMethods.of(body))) {
      server.sessions().initializes(body.bytes());
    }
  }

  private static boolean isKept(Body initialize) {
    return initialize.isWhole() && initialize.size() <= LONGEST_INITIALIZE;
  }

  void answered(Exchange exchange, McpServer server) {
    ResponseHead response = exchange.response();
    if (response == null || exchange.role() != Role.MCP || !response.isSuccess()) {
      return;
    }
    server.tokens().accepted(exchange.request().headers().first("Authorization"));
    String opened = response.headers().first("Mcp-Session-Id");
    String carried = Exchanges.session(exchange);
    if (carried != null) {
      server.sessions().worked(carried, Digest.of(Exchanges.bearer(exchange)));
    } else if (opened != null && Exchanges.connects(exchange)) {
      String token = Digest.of(Exchanges.bearer(exchange));
      server.sessions().opened(new McpSession(opened, exchange.id(), token, null));
      if (isKept(exchange.requestBody())) {
        server.sessions().openedWith(opened, exchange.requestBody().bytes());
      }
    }
    server.sessions().agreed(exchange.request().headers().first("MCP-Protocol-Version"));
  }

  void completed(Exchange exchange, McpServer server) {
    switch (exchange.role()) {
      case MCP -> {
        initialized(exchange, server);
        steppedUp(exchange, server);
      }
      case PROTECTED_RESOURCE_METADATA -> resourceMetadata(exchange, server);
      case AUTHORIZATION_SERVER_METADATA -> authorizationServer(exchange, server);
      case TOKEN -> token(exchange, server);
      default -> {}
    }
  }

  private static void initialized(Exchange exchange, McpServer server) {
    if (exchange.status() != 200 || !Exchanges.connects(exchange) || !Exchanges.isJson(exchange)) {
      return;
    }
    for (JsonRpcMessage message : JsonRpc.parse(exchange.responseBody().bytes())) {
      server.sessions().negotiated(message.protocolVersion());
    }
  }

  private void steppedUp(Exchange exchange, McpServer server) {
    Challenge bearer =
        exchange.status() == 403 || exchange.status() == 401
            ? Exchanges.challenges(exchange).bearer()
            : null;
    if (bearer != null && "insufficient_scope".equals(bearer.parameter("error"))) {
      server
          .stepUps()
          .asked(
              Scopes.split(bearer.parameter("scope")),
              Digest.of(Exchanges.bearer(exchange)),
              exchange.id(),
              clock.instant());
    }
  }

  /**
   * A token is a server's if it was asked for with that server's URL or with what its metadata
   * names as the resource (RFC 8707 §2), or without any resource at an authorization server that
   * serves no other MCP server.
   */
  private void token(Exchange exchange, McpServer server) {
    TokenRequest request = TokenRequest.of(exchange.request(), exchange.requestBody());
    AccessToken token =
        exchange.status() == 200
            ? AccessToken.issued(exchange.responseBody(), request, clock.instant(), exchange.id())
            : null;
    if (token != null) {
      ledger.issued(token, exchange.request().url());
    }
    if (token != null && isFor(server, request, exchange)) {
      server.tokens().issued(token);
    }
  }

  private boolean isFor(McpServer server, TokenRequest request, Exchange exchange) {
    if (request.resource() == null) {
      return !servers.isShared(exchange.request().url());
    }
    URI named = Urls.parse(request.resource());
    Origin origin = server.origin();
    if (named == null || origin == null) {
      return false;
    }
    ProtectedResourceMetadata document = server.resourceMetadata();
    String published = document == null ? null : document.resource();
    if (request.resource().equals(published)) {
      return true;
    }
    String canonical = Urls.canonical(named);
    return canonical != null
        && origin.contains(named)
        && (server.url().equals(canonical)
            || server.url().startsWith(canonical.endsWith("/") ? canonical : canonical + "/"));
  }

  /** A fix served a document in the server's place. */
  void served(Exchange exchange, ResponseDecision.Answer answer, McpServer server) {
    ProtectedResourceMetadata document =
        answer.response().status() == 200
            ? ProtectedResourceMetadata.parse(Body.of(answer.body()))
            : null;
    if (document != null && document.isUsable()) {
      server.discovery().found(document, exchange.request().url(), exchange.id());
      servers.learn(server, document);
    }
  }

  private void resourceMetadata(Exchange exchange, McpServer server) {
    ProtectedResourceMetadata document =
        exchange.status() == 200 ? ProtectedResourceMetadata.parse(exchange.responseBody()) : null;
    if (document != null && document.isUsable()) {
      server.discovery().found(document, exchange.request().url(), exchange.id());
      servers.learn(server, document);
    } else if (exchange.cause() != Cause.AUTOFIX) {
      server.discovery().resourceMissing(exchange.request().url().toString());
    }
  }

  /** A place that cannot be reached has no document either. */
  void failed(Exchange exchange, McpServer server) {
    boolean metadata = exchange.role() == Role.PROTECTED_RESOURCE_METADATA;
    Failure failure = exchange.failure();
    boolean cancelled = failure != null && failure.kind() == Failure.Kind.CANCELLED;
    if (metadata && !cancelled && exchange.cause() != Cause.AUTOFIX) {
      server.discovery().resourceMissing(exchange.request().url().toString());
    }
  }

  private void authorizationServer(Exchange exchange, McpServer server) {
    AuthorizationServerMetadata document =
        exchange.status() == 200
            ? AuthorizationServerMetadata.parse(exchange.responseBody())
            : null;
    URI url = exchange.request().url();
    if (document == null || !document.isUsable()) {
      String answer = exchange.status() == 200 ? "no metadata" : Exchanges.answer(exchange);
      server.discovery().serverMissing(url.toString(), answer);
      return;
    }
    server.discovery().found(document, url, exchange.id());
    servers.learn(server, document);
    URI issuer = Urls.parse(document.issuer());
    Origin origin = server.origin();
    if (issuer != null && origin != null && origin.contains(issuer)) {
      server.discovery().own(document);
    }
  }
}

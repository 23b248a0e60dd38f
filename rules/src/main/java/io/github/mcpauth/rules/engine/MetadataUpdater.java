package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Failure;
import io.github.mcpauth.rules.exchange.FollowUp;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Provenance;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Turns what the requests for metadata show into knowledge of a server. */
final class MetadataUpdater {

  private final Provenance provenance;

  MetadataUpdater(Provenance provenance) {
    this.provenance = provenance;
  }

  /** A fix served a document in the server's place. */
  void served(Exchange exchange, ResponseDecision.Answer answer, McpServer server) {
    if (exchange.role() == Role.PROTECTED_RESOURCE_METADATA && answer.response().status() == 200) {
      learn(ProtectedResourceMetadata.parse(Body.of(answer.body())), true, exchange, server);
    }
  }

  void resource(Exchange exchange, McpServer server) {
    ProtectedResourceMetadata document =
        isThere(exchange) ? ProtectedResourceMetadata.parse(exchange.responseBody()) : null;
    if (!learn(document, false, exchange, server)
        && !isUnchanged(exchange)
        && exchange.followUp() != FollowUp.AUTOFIX) {
      server.discovery().resourceMissing(exchange.request().url().toString(), exchange.sentAt());
    }
  }

  private boolean learn(
      @Nullable ProtectedResourceMetadata document,
      boolean served,
      Exchange exchange,
      McpServer server) {
    URI url = exchange.request().url();
    if (document == null || !document.isUsable() || !provenance.confirms(server, document, url)) {
      return false;
    }
    server.discovery().found(document, url, exchange.id(), !served);
    provenance.learn(server, document);
    return true;
  }

  /** What a server named in another origin is no document of it: it will be no use again. */
  void unconfirmed(Exchange exchange, McpServer server) {
    if (exchange.role() == Role.PROTECTED_RESOURCE_METADATA) {
      server.discovery().resourceMissing(exchange.request().url().toString(), exchange.sentAt());
    }
  }

  /** A place that cannot be reached has no document either. */
  void failed(Exchange exchange, McpServer server) {
    boolean metadata = exchange.role() == Role.PROTECTED_RESOURCE_METADATA;
    Failure failure = exchange.failure();
    boolean cancelled = failure != null && failure.kind() == Failure.Kind.CANCELLED;
    if (metadata && !cancelled && exchange.followUp() != FollowUp.AUTOFIX) {
      server.discovery().resourceMissing(exchange.request().url().toString(), exchange.sentAt());
    }
  }

  /** Whether the host has a document from there, be it one that its client kept. */
  private static boolean isThere(Exchange exchange) {
    return exchange.status() == 200 || isUnchanged(exchange);
  }

  /**
   * The document that the client has is still the right one (RFC 9110 §15.4.5): none is missing.
   */
  private static boolean isUnchanged(Exchange exchange) {
    return exchange.status() == 304;
  }

  void authorizationServer(Exchange exchange, McpServer server) {
    AuthorizationServerMetadata document =
        isThere(exchange) ? AuthorizationServerMetadata.parse(exchange.responseBody()) : null;
    URI url = exchange.request().url();
    if (document == null || !document.isUsable()) {
      if (isUnchanged(exchange)) {
        return;
      }
      String flaw =
          exchange.status() == 200
              ? AuthorizationServerMetadata.flaw(exchange.responseBody())
              : null;
      String answer = flaw == null ? exchange.outcome() : flaw;
      server.discovery().serverMissing(url.toString(), answer);
      return;
    }
    server.discovery().found(document, url, exchange.id());
    provenance.learn(document, url);
    URI issuer = Urls.parse(document.issuer());
    Origin origin = server.origin();
    if (issuer != null && origin != null && origin.contains(issuer)) {
      server.discovery().own(document);
    }
  }
}

package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.fix.ResponseDecision;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Origin;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.journey.Journeys;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.AuthorizationServerMetadata;
import io.github.mcpauth.rules.oauth.FormField;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.InstantSource;

/** Adds to a journey what the OAuth documents say that come by. */
final class Learning {

  private final Journeys journeys;
  private final InstantSource clock;

  Learning(Journeys journeys, InstantSource clock) {
    this.journeys = journeys;
    this.clock = clock;
  }

  void completed(Exchange exchange, Journey journey) {
    if (exchange.role() == Role.PROTECTED_RESOURCE_METADATA) {
      resourceMetadata(exchange, journey);
    } else if (exchange.role() == Role.AUTHORIZATION_SERVER_METADATA && exchange.status() == 200) {
      authorizationServer(exchange, journey);
    } else if (exchange.role() == Role.TOKEN && exchange.status() == 200) {
      token(exchange, journey);
    }
  }

  /** A token is a server's only if it was asked for with that server's URL (RFC 8707 §2). */
  private void token(Exchange exchange, Journey journey) {
    AccessToken token = AccessToken.issued(exchange.responseBody(), clock.instant(), exchange.id());
    String resource = FormField.of(exchange.requestBody(), "resource");
    URI named = Urls.parse(resource);
    if (token != null && named != null && journey.url().equals(Urls.canonical(named))) {
      journey.issued(token);
    }
  }

  /** A fix served a document in the server's place. */
  void served(Exchange exchange, ResponseDecision.Answer answer, Journey journey) {
    ProtectedResourceMetadata document =
        answer.response().status() == 200
            ? ProtectedResourceMetadata.parse(Body.of(answer.body()))
            : null;
    if (document != null && document.isUsable()) {
      journey.found(document);
      journeys.learn(journey, document);
    }
  }

  private void resourceMetadata(Exchange exchange, Journey journey) {
    ProtectedResourceMetadata document =
        exchange.status() == 200 ? ProtectedResourceMetadata.parse(exchange.responseBody()) : null;
    if (document != null && document.isUsable()) {
      journey.found(document);
      journeys.learn(journey, document);
    } else if (exchange.cause() == null) {
      journey.resourceMetadataMissing(exchange.request().url().toString());
    }
  }

  private void authorizationServer(Exchange exchange, Journey journey) {
    AuthorizationServerMetadata document =
        AuthorizationServerMetadata.parse(exchange.responseBody());
    if (document == null || !document.isUsable()) {
      return;
    }
    journeys.learn(journey, document);
    URI issuer = Urls.parse(document.issuer());
    Origin origin = journey.origin();
    if (issuer != null && origin != null && origin.contains(issuer)) {
      journey.found(document);
    }
  }
}

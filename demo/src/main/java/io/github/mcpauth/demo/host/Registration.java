package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Turns an authorization server into a client that it knows, in MCP's order: registered by hand, by
 * the URL of a metadata document (SEP-991), or dynamically (RFC 7591). Asks each server once.
 */
final class Registration {

  private final Http http;
  private final Settings settings;
  private final Map<String, Client> byIssuer = new HashMap<>();

  Registration(Http http, Settings settings) {
    this.http = http;
    this.settings = settings;
  }

  Client at(AuthorizationServer server) throws IOException, InterruptedException {
    Client byHand = settings.client();
    if (byHand != null) {
      return byHand;
    }
    String document = settings.clientMetadata();
    if (document != null && server.fetchesClients()) {
      return new Client(document, null, null, ClientAuth.NONE.label);
    }
    Client known = byIssuer.get(server.issuer());
    if (known == null) {
      known = register(server);
      byIssuer.put(server.issuer(), known);
    }
    return known;
  }

  private Client register(AuthorizationServer server) throws IOException, InterruptedException {
    URI endpoint = server.registrationEndpoint();
    if (endpoint == null) {
      throw new IOException("the authorization server takes no new clients");
    }
    String metadata =
        Json.write(
            Map.of(
                "client_name",
                "demo host",
                "redirect_uris",
                List.of(CodeGrant.REDIRECT),
                "grant_types",
                List.of("authorization_code", "refresh_token"),
                "response_types",
                List.of("code"),
                "token_endpoint_auth_method",
                ClientAuth.wanted(server.clientAuth()).label,
                "application_type",
                "native"));
    Http.Reply reply = http.send(endpoint, Map.of(), "application/json", metadata);
    if (reply.status() / 100 != 2) {
      throw new IOException("client registration failed");
    }
    JsonNode json = Json.parse(reply.body());
    return new Client(
        Json.required(json, "client_id"),
        Json.optional(json, "client_secret"),
        null,
        Json.optional(json, "token_endpoint_auth_method"));
  }
}

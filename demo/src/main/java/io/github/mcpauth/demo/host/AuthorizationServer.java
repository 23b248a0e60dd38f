package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An authorization server as its metadata describe it (RFC 8414 §2; RFC 9207 §3 for {@code
 * namesItself}; the draft on client id metadata documents for {@code fetchesClients}).
 */
record AuthorizationServer(
    String issuer,
    @Nullable URI authorizationEndpoint,
    URI tokenEndpoint,
    @Nullable URI registrationEndpoint,
    List<String> grants,
    List<String> clientAuth,
    List<String> scopes,
    boolean s256,
    boolean namesItself,
    boolean fetchesClients) {

  static AuthorizationServer of(JsonNode json) throws IOException {
    return new AuthorizationServer(
        Json.required(json, "issuer"),
        Json.url(json, "authorization_endpoint"),
        URI.create(Json.required(json, "token_endpoint")),
        Json.url(json, "registration_endpoint"),
        Json.strings(json, "grant_types_supported"),
        Json.strings(json, "token_endpoint_auth_methods_supported"),
        Json.strings(json, "scopes_supported"),
        Json.strings(json, "code_challenge_methods_supported").contains("S256"),
        json.path("authorization_response_iss_parameter_supported").asBoolean(false),
        json.path("client_id_metadata_document_supported").asBoolean(false));
  }

  /** The default endpoints of MCP 2025-03-26, for a server without metadata. */
  static AuthorizationServer withoutMetadata(String origin) {
    return new AuthorizationServer(
        origin,
        URI.create(origin + "/authorize"),
        URI.create(origin + "/token"),
        URI.create(origin + "/register"),
        List.of(),
        List.of(),
        List.of(),
        true,
        false,
        false);
  }

  /** Whether it takes only this grant, or others but not the authorization code. */
  boolean insteadOfCode(String grant) {
    return grants.contains(grant) && !grants.contains("authorization_code");
  }
}

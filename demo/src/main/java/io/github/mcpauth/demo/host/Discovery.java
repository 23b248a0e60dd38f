package io.github.mcpauth.demo.host;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds the authorization server of an MCP server, by the book. */
final class Discovery {

  /** What an OAuth client needs to know. */
  record Found(
      String resource,
      String issuer,
      URI authorizationEndpoint,
      URI tokenEndpoint,
      URI registrationEndpoint) {}

  private final Http http;

  Discovery(Http http) {
    this.http = http;
  }

  Found from(URI server, URI resourceMetadata) throws IOException, InterruptedException {
    Http.Reply reply = http.get(resourceMetadata);
    if (reply.status() != 200) {
      throw new IOException("no protected resource metadata");
    }
    JsonNode resource = Json.parse(reply.body());
    if (!server.toString().equals(Json.required(resource, "resource"))) {
      throw new IOException("the metadata describes another resource");
    }
    String issuer = resource.path("authorization_servers").path(0).asString("");
    if (issuer.isEmpty()) {
      throw new IOException("the metadata names no authorization server");
    }
    return authorizationServer(server.toString(), URI.create(issuer));
  }

  private Found authorizationServer(String resource, URI issuer)
      throws IOException, InterruptedException {
    String path = issuer.getRawPath();
    String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
    List<String> places =
        List.of(
            origin + "/.well-known/oauth-authorization-server" + path,
            origin + "/.well-known/openid-configuration" + path,
            origin + path + "/.well-known/openid-configuration");
    for (String place : places) {
      Http.Reply reply = http.get(URI.create(place));
      if (reply.status() == 200) {
        return read(resource, issuer.toString(), Json.parse(reply.body()));
      }
    }
    throw new IOException("no authorization server metadata");
  }

  private static Found read(String resource, String issuer, JsonNode json) throws IOException {
    if (!issuer.equals(Json.required(json, "issuer"))) {
      throw new IOException("the metadata is another issuer's"); // RFC 8414 §3.3
    }
    boolean s256 = false;
    for (JsonNode method : json.path("code_challenge_methods_supported")) {
      s256 |= method.asString("").equals("S256");
    }
    if (!s256) {
      throw new IOException("the authorization server does not support PKCE");
    }
    return new Found(
        resource,
        issuer,
        URI.create(Json.required(json, "authorization_endpoint")),
        URI.create(Json.required(json, "token_endpoint")),
        URI.create(Json.required(json, "registration_endpoint")));
  }
}

package io.github.mcpauth.demo.host;

import io.github.mcpauth.demo.host.Settings.Login;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns the challenge of an MCP server into an access token (MCP 2025-11-25, "Authorization Flow"):
 * discovery, registration, the grant that fits, {@code resource} (RFC 8707), refresh (RFC 6749 §6).
 */
final class OAuth {

  /** What is needed to get another access token without the user. */
  private record Renewal(Discovery.Found found, Client client, String refreshToken) {}

  private final Http http;
  private final Settings settings;
  private final Discovery discovery;
  private final Registration registration;
  private Set<String> scopes = Set.of();
  private @Nullable Renewal renewal;

  OAuth(Http http, Settings settings) {
    this.http = http;
    this.settings = settings;
    this.discovery = new Discovery(http, settings);
    this.registration = new Registration(http, settings);
  }

  /** A fresh access token for the MCP server that made this challenge. */
  String authorize(URI server, Challenge challenge) throws IOException, InterruptedException {
    Discovery.Found found = discovery.from(server, challenge);
    Client client = registration.at(found.server());
    scopes = Scopes.select(scopes, challenge, found.scopes());
    return token(found, client, grant(found, client));
  }

  boolean renewable() {
    return renewal != null;
  }

  /** Another access token, for a token that the server takes no more. */
  String renew() throws IOException, InterruptedException {
    Renewal old = renewal;
    if (old == null) {
      throw new IOException("there is no refresh token");
    }
    renewal = null; // Good for one try.
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", old.refreshToken());
    resource(old.found(), form);
    return token(old.found(), old.client(), form);
  }

  private Map<String, String> grant(Discovery.Found found, Client client)
      throws IOException, InterruptedException {
    AuthorizationServer server = found.server();
    Login login = settings.login();
    Map<String, String> form;
    if (login != null && server.insteadOfCode(CrossAppGrant.JWT_BEARER)) {
      form = new CrossAppGrant(http).form(login, server.issuer(), found.resource());
      scope(scopes, form);
    } else if (server.insteadOfCode("client_credentials")) {
      form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
      scope(scopes, form);
    } else {
      Map<String, String> extra = new LinkedHashMap<>();
      scope(Scopes.lasting(scopes, server.scopes()), extra);
      resource(found, extra);
      form = new CodeGrant(http, settings).form(server, client, extra);
    }
    resource(found, form);
    return form;
  }

  private void scope(Set<String> wanted, Map<String, String> form) {
    if (!wanted.isEmpty() && !settings.makes(Mistake.NO_SCOPE)) {
      form.put("scope", String.join(" ", wanted));
    }
  }

  private void resource(Discovery.Found found, Map<String, String> form) {
    String resource = found.resource();
    if (resource != null && !settings.makes(Mistake.NO_RESOURCE)) {
      form.put("resource", resource);
    }
  }

  private String token(Discovery.Found found, Client client, Map<String, String> form)
      throws IOException, InterruptedException {
    AuthorizationServer server = found.server();
    ClientAuth auth = ClientAuth.choose(client, server.clientAuth());
    if (settings.makes(Mistake.SWAPPED_CLIENT_AUTH)) {
      auth = auth.swapped();
    }
    Map<String, String> headers = auth.apply(client, server.issuer(), form);
    Http.Reply reply = http.send(server.tokenEndpoint(), headers, Form.TYPE, Form.write(form));
    if (reply.status() != 200) {
      throw new IOException("the token request failed");
    }
    JsonNode json = Json.parse(reply.body());
    String refreshToken = Json.optional(json, "refresh_token");
    renewal = refreshToken == null ? null : new Renewal(found, client, refreshToken);
    return Json.required(json, "access_token");
  }
}

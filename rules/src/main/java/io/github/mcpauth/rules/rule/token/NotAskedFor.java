package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.reading.Misfit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token whose request named no resource, with an audience that is a name: it may be one for
 * something else (RFC 8707 §2, MCP 2025-11-25: Resource Parameter Implementation).
 */
final class NotAskedFor {

  static final String CAUSE = "resource-not-sent";

  static @Nullable Misfit misfit(AccessToken token, @Nullable JwtClaims claims, McpServer server) {
    boolean named = token.request().resource() != null || token.request().audience() != null;
    if (claims == null || claims.audience().isEmpty() || named) {
      return null;
    }
    String audience = String.join(" ", claims.audience());
    return new Misfit(
        CAUSE,
        Actor.HOST,
        "its audience is "
            + audience
            + ", and the request that brought it named no resource, so it may be for something else",
        List.of(
            "Your application: send resource="
                + server.resource()
                + " in the authorization and token requests",
            "Authorization server: put the requested resource into aud; in Keycloak, add an audience"
                + " mapper to a client scope of this client",
            "MCP server: log why it refuses the token; if it expects another audience, say which in"
                + " error_description"));
  }

  private NotAskedFor() {}
}

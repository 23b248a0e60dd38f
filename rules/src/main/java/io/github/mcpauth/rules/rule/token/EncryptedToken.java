package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.Jwe;
import io.github.mcpauth.rules.reading.Misfit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token that is encrypted (JWE, RFC 7516 §3.1): only who has the key can read it, which is seldom
 * the MCP server.
 */
final class EncryptedToken {

  /** Why it is refused, or null where the token is no JWE. */
  static @Nullable Misfit misfit(
      @Nullable String token, @Nullable AccessToken issued, McpServer server) {
    String algorithm = token == null ? null : Jwe.encryption(token);
    if (algorithm == null) {
      return null;
    }
    boolean ofNobody =
        issued != null
            && issued.request().resource() == null
            && issued.request().audience() == null;
    return new Misfit(
        "encrypted",
        ofNobody ? Actor.HOST : Actor.AUTHORIZATION_SERVER,
        "it is encrypted (JWE, "
            + algorithm
            + "), so that only who has the key can read it"
            + (ofNobody
                ? "; some authorization servers issue such tokens for themselves where a request"
                    + " names neither resource nor audience, as this one did"
                : ""),
        List.of(
            "Your application: send resource="
                + server.resource()
                + " in the login and in token requests; Auth0: audience=<the identifier of the API>,"
                + " or set a default audience there",
            "Authorization server: issue signed tokens (JWT) for this server, or let it check tokens"
                + " by introspection"));
  }

  private EncryptedToken() {}
}

package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.Jwe;
import io.github.mcpauth.rules.reading.Misfit;
import io.github.mcpauth.rules.reading.Wording;
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
    boolean ofNobody = issued != null && isOfNobody(issued);
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

  /** What a server means that finds no JWT, of a token that names nobody it is for. */
  static Misfit orOpaque(Wording words, McpServer server) {
    return new Misfit(
        words.cause(),
        Actor.HOST,
        "what it says means: "
            + words.meaning()
            + "; it is opaque or encrypted, as some authorization servers issue tokens for"
            + " themselves where a request names neither resource nor audience, as this one did",
        List.of(
            "Your application: send resource="
                + server.resource()
                + " in the login and in token requests; Auth0: audience=<the identifier of the API>,"
                + " or set a default audience there",
            "Authorization server: issue JWTs for this server, or let it check tokens by"
                + " introspection"));
  }

  /** Whether its request, the exchange of a code, named neither resource nor audience. */
  static boolean isOfNobody(AccessToken issued) {
    return issued.request().isCodeExchange()
        && issued.request().resource() == null
        && issued.request().audience() == null;
  }

  private EncryptedToken() {}
}

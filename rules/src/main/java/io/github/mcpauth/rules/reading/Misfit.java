package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.finding.Actor;
import java.util.List;

/**
 * What of a token does not fit the server that refuses it.
 *
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 */
public record Misfit(String cause, Actor actor, String inWords, List<String> remedy) {

  static Misfit notYetValid() {
    return new Misfit(
        "not-yet-valid",
        Actor.NETWORK,
        "by the server's clock it is not valid yet",
        List.of(
            "Network: set the clocks of the servers (NTP)",
            "MCP server: allow some seconds of leeway for nbf and iat"));
  }

  static Misfit audience(String words, String step) {
    return new Misfit(
        "audience",
        Actor.AUTHORIZATION_SERVER,
        words,
        List.of(
            "Authorization server: put the requested resource into aud (RFC 8707 §2.2)" + step,
            "Your application: send resource=<the server's URL> in the authorization and token requests, and in"
                + " refresh requests"));
  }

  /** The authorization server that the metadata names gives its tokens another issuer. */
  static Misfit ownIssuer(String issuer, String own) {
    return new Misfit(
        "issuer",
        Actor.AUTHORIZATION_SERVER,
        "its issuer "
            + issuer
            + " is not the issuer of the metadata of the authorization server that issued it, "
            + own,
        List.of(
            "Authorization server: issue tokens under the issuer of its metadata, "
                + own
                + "; in a container or behind a proxy, set its public address for both (Keycloak:"
                + " hostname, KC_HOSTNAME)",
            "MCP server: or accept the issuer "
                + issuer
                + " as well, if it is the same authorization server"));
  }

  static Misfit issuer(String issuer, List<String> expected) {
    if (issuer.startsWith("https://sts.windows.net/")) {
      return new Misfit(
          "issuer",
          Actor.USER,
          "it is a token of Microsoft Entra's version 1 (issuer "
              + issuer
              + "), and the server expects version 2",
          List.of(
              "User: set requestedAccessTokenVersion (accessTokenAcceptedVersion) to 2 in the"
                  + " manifest of the app registration of the API",
              "MCP server: or accept the issuer of v1 tokens as well"));
    }
    return new Misfit(
        "issuer",
        Actor.HOST,
        "its issuer " + issuer + " is none of the server's authorization servers " + expected,
        List.of(
            "Your application: log in at the authorization server that the resource metadata names"));
  }
}

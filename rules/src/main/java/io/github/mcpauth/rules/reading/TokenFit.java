package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a token says of itself with the server that it is presented to. */
public final class TokenFit {

  /** What does not fit, or null where nothing is seen: claims are not verified. */
  public static @Nullable String misfit(@Nullable JwtClaims claims, McpServer server, Instant now) {
    if (claims == null) {
      return null;
    }
    if (claims.notBefore() != null && now.isBefore(claims.notBefore())) {
      return "not-yet-valid";
    }
    if (claims.notBefore() == null
        && claims.issuedAt() != null
        && now.plusSeconds(30).isBefore(claims.issuedAt())) {
      return "not-yet-valid";
    }
    ProtectedResourceMetadata document = server.resourceMetadata();
    if (!claims.audience().isEmpty() && !audienceFits(claims, server, document)) {
      return "audience";
    }
    if (claims.issuer() != null
        && document != null
        && !document.authorizationServers().contains(claims.issuer())
        && !document.authorizationServers().contains(claims.issuer() + "/")
        && !document.authorizationServers().contains(strip(claims.issuer()))) {
      return "issuer";
    }
    return null;
  }

  private static boolean audienceFits(
      JwtClaims claims, McpServer server, @Nullable ProtectedResourceMetadata document) {
    String published = document == null ? null : document.resource();
    for (String audience : claims.audience()) {
      URI url = Urls.parse(audience);
      String canonical = url == null ? null : Urls.canonical(url);
      if (canonical == null) {
        return true; // A name (api://…, a client id) may be what the server expects.
      }
      String stripped = strip(canonical);
      if (audience.equals(published)
          || strip(server.resource()).equals(stripped)
          || server.resource().startsWith(stripped + "/")) {
        return true;
      }
    }
    return false;
  }

  private static String strip(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  public static Actor actor(String cause) {
    return switch (cause) {
      case "audience" -> Actor.AUTHORIZATION_SERVER;
      case "issuer" -> Actor.HOST;
      case "not-yet-valid" -> Actor.NETWORK;
      default -> Actor.MCP_SERVER;
    };
  }

  public static String inWords(String cause) {
    return switch (cause) {
      case "audience" -> "its audience is not this server";
      case "issuer" -> "its issuer is none of the server's authorization servers";
      default -> "by the server's clock it is not valid yet";
    };
  }

  public static List<String> remedy(String cause) {
    return switch (cause) {
      case "audience" ->
          List.of(
              "Host: send resource=<the server's URL> in the authorization and token requests",
              "Authorization server: put the requested resource into aud (RFC 8707 §2.2)");
      case "issuer" ->
          List.of("Host: log in at the authorization server that the resource metadata names");
      case "not-yet-valid" ->
          List.of(
              "Network: set the clocks of the servers (NTP)",
              "MCP server: allow some seconds of leeway for nbf and iat");
      default ->
          List.of(
              "MCP server: log why it refuses the token: audience, issuer, signature key, revocation",
              "MCP server: say so in WWW-Authenticate: Bearer error=\"invalid_token\","
                  + " error_description=\"…\"",
              "User: if the token is configured by hand, check that it is for this server");
    };
  }

  private TokenFit() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a token says of itself with the server that it is presented to, and with the token
 * that this server took before.
 */
public final class TokenFit {

  private static final int LEEWAY = 30;

  /** Microsoft Graph, which signs its tokens so that nobody else can check them. */
  private static final List<String> GRAPH =
      List.of("00000003-0000-0000-c000-000000000000", "https://graph.microsoft.com");

  /** What does not fit, or null where nothing is seen: claims are not verified. */
  public static @Nullable Misfit misfit(@Nullable JwtClaims claims, McpServer server, Instant now) {
    if (claims == null) {
      return null;
    }
    Instant from = claims.notBefore();
    Instant issued = claims.issuedAt();
    boolean early =
        from != null
            ? now.isBefore(from)
            : issued != null && now.plusSeconds(LEEWAY).isBefore(issued);
    if (early) {
      return Misfit.notYetValid();
    }
    ProtectedResourceMetadata document = server.resourceMetadata();
    Misfit audience = claims.audience().isEmpty() ? null : audience(claims, server, document);
    if (audience != null) {
      return audience;
    }
    String issuer = claims.issuer();
    if (issuer == null || document == null) {
      return null;
    }
    List<String> servers = document.authorizationServers();
    boolean known =
        servers.contains(issuer)
            || servers.contains(issuer + "/")
            || servers.contains(strip(issuer));
    if (known) {
      return null;
    }
    String own = issuedBy(claims, server, servers);
    return own == null || issuer.startsWith("https://sts.windows.net/")
        ? Misfit.issuer(issuer, servers)
        : Misfit.ownIssuer(issuer, own);
  }

  /**
   * The issuer of the authorization server that the resource metadata names, where that server is
   * known to have issued the token with these claims; else null.
   */
  private static @Nullable String issuedBy(
      JwtClaims claims, McpServer server, List<String> servers) {
    AccessToken newest = server.newestToken();
    var found = server.discovery().server();
    String own = found == null ? null : found.document().issuer();
    boolean issuedHere =
        newest != null && claims.equals(newest.claims()) && server.tokens().isNewestOurs();
    return issuedHere && own != null && servers.contains(own) ? own : null;
  }

  private static @Nullable Misfit audience(
      JwtClaims claims, McpServer server, @Nullable ProtectedResourceMetadata document) {
    List<String> audience = claims.audience();
    String named = "its audience is " + String.join(" ", audience);
    if (!Collections.disjoint(audience, GRAPH)) {
      return Misfit.audience(
          named + ", which is Microsoft Graph and no other",
          "; with Entra, ask for a scope of this API (api://…/…) instead of Graph's");
    }
    JwtClaims before = server.tokens().accepted().claims();
    if (before != null
        && !before.audience().isEmpty()
        && Collections.disjoint(before.audience(), audience)) {
      AccessToken newest = server.newestToken();
      boolean refreshed = newest != null && newest.request().isRefresh();
      return Misfit.audience(
          named
              + "; the token that this server took had "
              + String.join(" ", before.audience())
              + (refreshed ? ": the refresh lost the audience" : ""),
          ", for refreshed tokens as well");
    }
    if (fits(audience, server, document)) {
      return onlyClients(claims)
          ? Misfit.audience(
              named + ", which is the client's and not this server",
              "; in Keycloak, add an audience mapper to a client scope of this client")
          : null;
    }
    return Misfit.audience(named + ", not this server", "");
  }

  /** Whether a token is only for its own client, or for Keycloak's account console. */
  private static boolean onlyClients(JwtClaims claims) {
    for (String audience : claims.audience()) {
      if (!audience.equals("account") && !audience.equals(claims.client())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(
      List<String> audiences, McpServer server, @Nullable ProtectedResourceMetadata document) {
    String published = document == null ? null : document.resource();
    for (String audience : audiences) {
      URI url = Urls.parse(audience);
      String canonical = url == null ? null : Urls.canonical(url);
      if (canonical == null) {
        return true; // A name (api://…, a client id) may be what the server expects.
      }
      String stripped = strip(canonical);
      if (audience.equals(published)
          || strip(server.withoutQuery()).equals(stripped)
          || server.withoutQuery().startsWith(stripped + "/")) {
        return true;
      }
    }
    return false;
  }

  private static String strip(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private TokenFit() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import io.github.mcpauth.rules.oauth.ProtectedResourceMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a refused token beside those of the token that the server took, and beside those
 * that its metadata names.
 */
public final class GrantedScopes {

  /** Few scopes are enough for many a server: that it names more is no proof. */
  public static final String FEWER = "scope-not-granted";

  private static final String GRANT =
      "Authorization server: grant a refreshed token the scope of the login (RFC 6749 §6)";

  /** A refreshed token without a scope that the token had which the server took before it. */
  public static @Nullable Misfit lost(AccessToken newest, McpServer server) {
    AccessToken before = server.tokens().accepted().token();
    if (before == null || before == newest || !newest.request().isRefresh()) {
      return null;
    }
    // What the tokens say themselves, where both do: an answer may use other names for the same.
    boolean said = !claimed(before).isEmpty() && !claimed(newest).isEmpty();
    List<String> had = said ? claimed(before) : before.scopes();
    List<String> has = said ? claimed(newest) : newest.scopes();
    List<String> lost = new ArrayList<>(had);
    lost.removeAll(has);
    if (lost.isEmpty() || has.isEmpty()) {
      return null;
    }
    List<String> asked = newest.request().scopes();
    List<String> wanted = before.scopes().isEmpty() ? had : before.scopes();
    boolean refused = !asked.isEmpty() && asked.containsAll(wanted);
    return new Misfit(
        "scope",
        refused ? Actor.AUTHORIZATION_SERVER : Actor.HOST,
        "its scope is "
            + String.join(" ", has)
            + "; the token that this server took had "
            + String.join(" ", had)
            + ": the refresh lost a scope"
            + (asked.isEmpty() ? "; its request named no scope" : ""),
        refused
            ? List.of(GRANT, "Your application: until then, log in again")
            : List.of(
                "Your application: send scope="
                    + String.join(" ", wanted)
                    + " with the refresh as well, as in the login; where that does not help, log in"
                    + " again",
                GRANT));
  }

  private static List<String> claimed(AccessToken token) {
    JwtClaims claims = token.claims();
    return claims == null ? List.of() : claims.scopes();
  }

  /** A token with some of the scopes that the server's metadata names, and without others. */
  public static @Nullable Misfit fewer(AccessToken newest, McpServer server) {
    ProtectedResourceMetadata document = server.resourceMetadata();
    List<String> has = claimed(newest).isEmpty() ? newest.scopes() : claimed(newest);
    if (document == null || Collections.disjoint(document.scopes(), has)) {
      return null;
    }
    List<String> missing = new ArrayList<>(document.scopes());
    missing.removeAll(has);
    if (missing.isEmpty()) {
      return null;
    }
    String names = String.join(" ", missing);
    return new Misfit(
        FEWER,
        Actor.HOST,
        "its scope is "
            + String.join(" ", has)
            + "; of those that the server's metadata names it lacks "
            + names,
        List.of(
            "Your application: ask for the scopes of scopes_supported in the login, "
                + names
                + " too, and log in again",
            "User: if it did ask: allow the application these scopes at the authorization server",
            "MCP server: log why it refuses the token; if it is the scope, answer 403 with"
                + " error=\"insufficient_scope\" and scope"));
  }

  private GrantedScopes() {}
}

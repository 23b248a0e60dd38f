package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.http.Urls;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an authorization server is asked for a refresh token, where the login did not ask for one.
 */
final class OfflineAccess {

  /** By the host of the issuer; from the providers' guides to OAuth. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "accounts.google.com", "access_type=offline",
          "www.dropbox.com", "token_access_type=offline",
          "accounts.zoho.com", "access_type=offline",
          "accounts.zoho.eu", "access_type=offline",
          "www.reddit.com", "duration=permanent");

  /** What the application has to ask for, as the end of a sentence; null where nobody knows. */
  static @Nullable String leftOut(@Nullable AccessToken issued, McpServer server) {
    var found = server.discovery().server();
    if (issued == null || found == null) {
      return null;
    }
    String issuer = found.document().issuer();
    URI url = issuer == null ? null : Urls.parse(issuer);
    String host = url == null ? null : url.getHost();
    String parameter = host == null ? null : PARAMETERS.get(host);
    if (parameter != null) {
      return "add "
          + parameter
          + " to the authorization request"
          + (parameter.equals("access_type=offline") && "accounts.google.com".equals(host)
              ? ", and prompt=consent where the user consented before"
              : "");
    }
    return found.document().scopes().contains("offline_access")
            && !issued.scopes().contains("offline_access")
        ? "ask for the scope offline_access in the login"
        : null;
  }

  private OfflineAccess() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.http.Authorization;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.oauth.AccessToken;
import io.github.mcpauth.rules.oauth.JwtClaims;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at how a refused credential is written: {@code Authorization: Bearer <token>}. */
public final class SchemeSpelling {

  private static final List<String> OTHERS =
      List.of("basic", "dpop", "digest", "negotiate", "apikey", "aws4-hmac-sha256");

  /** What is unusual in how a token is presented, or null. */
  public static @Nullable Misfit of(Exchange exchange, McpServer server) {
    String value = exchange.request().headers().first("Authorization");
    if (value == null || value.isBlank()) {
      return null;
    }
    Authorization authorization = Authorization.parse(value);
    String scheme = authorization.scheme();
    if (scheme.isEmpty()) {
      return isToken(authorization.token(), server)
          ? host("scheme-missing", "the header holds the token alone, without the scheme Bearer")
          : null;
    }
    if (scheme.equals("Bearer")) {
      AccessToken newest = server.newestToken();
      return newest != null && newest.isIn(value) && !newest.isBearer() ? bound(newest) : null;
    }
    if (scheme.equalsIgnoreCase("Bearer")) {
      return new Misfit(
          "scheme-case",
          Actor.HOST,
          "the header spells the scheme \""
              + scheme
              + "\", as lower or mixed case that not every server takes",
          List.of(
              "Your application: send Authorization: Bearer …, whatever case token_type has",
              "MCP server: compare the scheme without regard to case (RFC 9110 §11.1)"));
    }
    return OTHERS.contains(scheme.toLowerCase(Locale.ROOT))
        ? null
        : host("wrong-scheme", "the header names the scheme \"" + scheme + "\" instead of Bearer");
  }

  private static boolean isToken(String value, McpServer server) {
    AccessToken newest = server.newestToken();
    return JwtClaims.of(value) != null || (newest != null && newest.isIn(value));
  }

  private static Misfit bound(AccessToken token) {
    return new Misfit(
        "proof-missing",
        Actor.HOST,
        "the token is bound to a key (token_type "
            + token.type()
            + "), and was sent as a bearer token",
        List.of(
            "Your application: send it with a proof: Authorization: DPoP … and a DPoP header (RFC 9449 §7.1)",
            "Authorization server: or issue Bearer tokens to clients that ask for none else"));
  }

  private static Misfit host(String cause, String words) {
    return new Misfit(
        cause,
        Actor.HOST,
        words,
        List.of("Your application: send Authorization: Bearer <token> (RFC 6750 §2.1)"));
  }

  private SchemeSpelling() {}
}

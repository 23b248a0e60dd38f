package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.reading.Misfit;
import io.github.mcpauth.rules.reading.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that says of a request with a token that no token came. */
final class TokenNotSeen {

  /** What servers say that saw no credential at all. */
  private static final List<String> NOT_SEEN =
      List.of(
          "no authorization header",
          "authorization header is missing",
          "authorization header missing",
          "missing authorization header",
          "credentials were not provided",
          "no token provided",
          "no token was provided",
          "token not provided",
          "no access token provided",
          "no credentials provided",
          "no bearer token",
          "not currently logged in",
          "you are not logged in",
          "you must be logged in");

  private static boolean isNotSeen(Exchange exchange) {
    String text = Said.of(exchange).lower();
    boolean any = false;
    for (String each : NOT_SEEN) {
      any |= text.contains(each);
    }
    return any && !text.contains("invalid") && !text.contains("expired");
  }

  /** Why, or null where it says something else. */
  static @Nullable Misfit of(Exchange exchange) {
    return exchange.status() != 401 || !isNotSeen(exchange)
        ? null
        : new Misfit(
            "header-lost",
            Actor.MCP_SERVER,
            "the server says that no login or token came, and the request carried one: something before"
                + " it keeps the header Authorization, or it looks elsewhere",
            List.of(
                "MCP server: have what stands before it pass on the header Authorization (Apache:"
                    + " CGIPassAuth On or a RewriteRule with HTTP_AUTHORIZATION; a proxy's own login;"
                    + " a redirect)",
                "User: check in the server's documentation which header it reads the token from"));
  }

  private TokenNotSeen() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import org.jspecify.annotations.Nullable;

/** What a server asks for with its Bearer challenge (RFC 6750 §3): a login, more, or another. */
public final class BearerChallenge {

  /** Its {@code error} (RFC 6750 §3.1), or null. */
  public static @Nullable String error(Exchange exchange) {
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    return bearer == null ? null : bearer.parameter("error");
  }

  /**
   * Whether the server wants a token with more scopes (RFC 6750 §3.1): by its error, or because a
   * 403 to a token names scopes, whatever the error.
   */
  public static boolean lacksScope(Exchange exchange) {
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    return bearer != null
        && ("insufficient_scope".equals(bearer.parameter("error"))
            || (exchange.status() == 403
                && bearer.parameter("scope") != null
                && exchange.bearerToken() != null));
  }

  /** Whether the server wants another kind of login than the token is of (RFC 9470 §3). */
  public static boolean wantsStrongerLogin(Exchange exchange) {
    return "insufficient_user_authentication".equals(error(exchange));
  }

  /** Whether an MCP request is refused with 401 or 403, and not for want of more than a login. */
  public static boolean refusesToken(Exchange exchange) {
    boolean refused = exchange.status() == 401 || exchange.status() == 403;
    return refused && exchange.isMcp() && !lacksScope(exchange) && !wantsStrongerLogin(exchange);
  }

  private BearerChallenge() {}
}

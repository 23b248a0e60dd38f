package io.github.mcpauth.rules.rule.token;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.finding.Actor;
import io.github.mcpauth.rules.oauth.Challenge;
import io.github.mcpauth.rules.oauth.Challenges;
import io.github.mcpauth.rules.reading.Misfit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that asks for a token with more claims, as Entra does when it ends a token before its
 * time (continuous access evaluation) or wants a stronger login; the claims are a parameter of the
 * authorization request (OpenID Connect Core §5.5).
 */
final class ClaimsChallenge {

  /** What the challenge means, or null where it is none. */
  static @Nullable Misfit misfit(Exchange exchange) {
    Challenge bearer = Challenges.in(exchange.responseHeaders()).bearer();
    boolean asks =
        bearer != null
            && (bearer.parameter("claims") != null
                || "insufficient_claims".equals(bearer.parameter("error")));
    return !asks
        ? null
        : new Misfit(
            "claims-challenge",
            Actor.HOST,
            "it was ended before its time, or the login behind it is not enough: the challenge asks"
                + " for a token with more claims (its parameter claims), which a refresh does not"
                + " bring",
            List.of(
                "Your application: decode claims (Base64) and send it as the parameter claims of a"
                    + " new authorization request (MSAL: claims of the request for a token; Entra:"
                    + " continuous access evaluation)",
                "User: log in again"));
  }

  private ClaimsChallenge() {}
}

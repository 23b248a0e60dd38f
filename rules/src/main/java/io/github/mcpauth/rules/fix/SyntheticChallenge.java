package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.http.Header;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.journey.Journey;
import io.github.mcpauth.rules.oauth.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns a refusal into one with a usable challenge: {@code Bearer resource_metadata="…"} for the
 * well-known URL in the server's own origin (RFC 9728 §3.1, §5.1). What the server said stays.
 */
final class SyntheticChallenge {

  /** The same head as 401, with the hint in its Bearer challenge, which comes first. */
  static ResponseHead on(ResponseHead response, Journey journey) {
    String hint =
        "resource_metadata=\"" + WellKnown.protectedResource(journey.endpoint()).get(0) + '"';
    List<Header> changed = new ArrayList<>();
    String bearer = null;
    for (Header field : response.headers()) {
      boolean challenge = field.is("WWW-Authenticate");
      if (challenge && bearer == null && isBearer(field.value())) {
        bearer = field.value().strip();
      } else {
        changed.add(field);
      }
    }
    String scheme = "Bearer";
    String rest = bearer == null ? "" : bearer.substring(scheme.length()).strip();
    String completed = scheme + ' ' + hint + (rest.isEmpty() ? "" : ", " + rest);
    // First, since hosts look at the first line only.
    changed.add(0, new Header("WWW-Authenticate", completed));
    return response.withStatus(401).withHeaders(Headers.of(changed));
  }

  private static boolean isBearer(String challenge) {
    String lower = challenge.strip().toLowerCase(Locale.ROOT);
    return lower.equals("bearer") || lower.startsWith("bearer ");
  }

  private SyntheticChallenge() {}
}

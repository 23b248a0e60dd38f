package io.github.mcpauth.rules.knowledge;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request acts for, as far as its head tells; digests only.
 *
 * @param token of the credential in {@code Authorization}, or null without one: another token may
 *     act for the same user, which {@link Tokens#actForSame} knows
 * @param rest of whatever else may tell users apart: API keys, cookies, keys in the query, names of
 *     users in a header of the application's own; empty where there is nothing
 * @param cookies beside that credential, by their names: most come from the server and tell nobody
 *     apart, but where the token is the application's own one of them may be its user's
 */
public record Identity(@Nullable String token, String rest, Map<String, String> cookies) {

  public Identity {
    cookies = Map.copyOf(cookies);
  }

  /** Of a request without cookies beside its token. */
  public Identity(@Nullable String token, String rest) {
    this(token, rest, Map.of());
  }

  /** Whether nothing in the head tells whom it acts for. */
  public boolean isNobodys() {
    return token == null && rest.isEmpty();
  }

  /**
   * Whether both bring a cookie of one name, each with a value of its own. One that only one of
   * them brings tells nothing: clients add those that they keep after the head was made.
   */
  boolean hasAnotherCookieThan(Identity other) {
    for (Map.Entry<String, String> each : cookies.entrySet()) {
      String value = other.cookies.get(each.getKey());
      if (value != null && !value.equals(each.getValue())) {
        return true;
      }
    }
    return false;
  }
}

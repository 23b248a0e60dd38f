package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request acts for, as far as its head tells; digests only.
 *
 * @param token of the credential in {@code Authorization}, or null without one: another token may
 *     act for the same user, which {@link Tokens#actForSame} knows
 * @param rest of whatever else may tell users apart: API keys, cookies, keys in the query, names of
 *     users in a header of the application's own; empty where there is nothing
 */
public record Identity(@Nullable String token, String rest) {

  /** Whether nothing in the head tells whom it acts for. */
  public boolean isNobodys() {
    return token == null && rest.isEmpty();
  }
}

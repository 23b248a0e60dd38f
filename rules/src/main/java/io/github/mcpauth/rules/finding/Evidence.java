package io.github.mcpauth.rules.finding;

import org.jspecify.annotations.Nullable;

/**
 * One observation that a finding rests on.
 *
 * @param exchangeId where it was seen
 * @param where the part of the exchange, e.g. {@code "response.header.www-authenticate"}
 * @param observed what was there; redacted before it is shown
 * @param expected what should have been there, or null
 */
public record Evidence(long exchangeId, String where, String observed, @Nullable String expected) {}

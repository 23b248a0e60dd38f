package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * An MCP server moved between states.
 *
 * @param previous null for the first state
 * @param reason the rule that explains it, or null
 * @param retryable whether trying again later may cure it by itself: 5xx, refused, timeout
 */
public record StateChange(
    String serverUrl,
    ServerState state,
    @Nullable ServerState previous,
    @Nullable String reason,
    long exchangeId,
    boolean retryable) {}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.finding.FixMode;
import org.jspecify.annotations.Nullable;

/**
 * That a fix changed something, would have (dry run), or refused to.
 *
 * @param action what it did or would do, in words, e.g. {@code "completed the challenge"}
 * @param skipped why it did nothing, or null where it acted
 */
public record FixReport(
    String rule, String action, FixMode mode, long exchangeId, @Nullable String skipped) {}

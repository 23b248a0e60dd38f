package io.github.mcpauth.rules.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * The session that a server opened (MCP until 2025-11-25, Session Management): its id, the token it
 * was opened with, the revision agreed upon. Ids are secrets: {@code toString} hides them.
 *
 * @param token digest of the bearer token at that time, or null without one
 */
public record McpSession(
    String id, long exchangeId, @Nullable String token, @Nullable String revision) {

  @Override
  public String toString() {
    return "McpSession of exchange " + exchangeId;
  }
}

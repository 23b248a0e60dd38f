package io.github.mcpauth.rules.mcp;

import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Which of the protocol's transports an exchange speaks: the rules of one never hold in another.
 */
public enum Era {
  /** Streamable HTTP with sessions, 2025-03-26 to 2025-11-25. */
  SESSIONS,
  /** Streamable HTTP without sessions or handshake, from 2026-07-28. */
  STATELESS,
  /** HTTP+SSE of 2024-11-05, or not known. */
  OTHER;

  /** The first revision without sessions. */
  public static final String FIRST_STATELESS = "2026-07-28";

  /** The era of a request, by what its head and body say. */
  public static Era of(RequestHead head, Body body) {
    Headers headers = head.headers();
    String version = headers.first("MCP-Protocol-Version");
    if (version != null) {
      return isStateless(version) ? STATELESS : SESSIONS;
    }
    String method = McpMethods.of(body);
    // The Kotlin SDK names the method in a header while it still has sessions.
    if (headers.has("Mcp-Session-Id") || "initialize".equals(method)) {
      return SESSIONS;
    }
    return headers.has("Mcp-Method") || "server/discover".equals(method) ? STATELESS : OTHER;
  }

  /** Whether a revision, a date, has no sessions. */
  public static boolean isStateless(@Nullable String revision) {
    return revision != null
        && revision.length() == FIRST_STATELESS.length()
        && revision.compareTo(FIRST_STATELESS) >= 0;
  }
}

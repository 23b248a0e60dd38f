package io.github.mcpauth.rules.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What identifies one JSON-RPC message; no parameters, no result.
 *
 * @param id the id as text, be it a string or a number; null where there is none
 * @param errorMessage may hold secrets until it is redacted
 * @param toolName {@code params.name} of a {@code tools/call}
 * @param protocolVersion what {@code initialize}, its result or {@code _meta} names
 * @param textId whether the id is a string, which is another id than the number of the same digits
 * @param cancels the id that {@code notifications/cancelled} names
 * @param toolError whether a result says {@code isError} (MCP 2025-11-25, Tools: Error Handling)
 * @param details the texts in an error's {@code data}, or of a result that is a tool's error, cut
 *     after some hundred characters; may hold secrets until it is redacted
 */
public record JsonRpcMessage(
    Kind kind,
    @Nullable String method,
    @Nullable String id,
    @Nullable Integer errorCode,
    @Nullable String errorMessage,
    @Nullable String toolName,
    @Nullable String protocolVersion,
    boolean textId,
    @Nullable String cancels,
    boolean toolError,
    String details) {

  /** What a message is, by the members it has (JSON-RPC 2.0 §4, §5). */
  public enum Kind {
    REQUEST,
    NOTIFICATION,
    RESPONSE,
    ERROR
  }

  /** Whether it answers a request. */
  public boolean isAnswer() {
    return kind == Kind.RESPONSE || kind == Kind.ERROR;
  }

  /** The error message is left out: it may hold a secret. */
  @Override
  public String toString() {
    return kind + "[" + method + ", id " + id + ", error " + errorCode + "]";
  }
}

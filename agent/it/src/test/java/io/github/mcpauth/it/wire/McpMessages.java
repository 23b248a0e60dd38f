package io.github.mcpauth.it.wire;

/** What the programs of this package send. */
final class McpMessages {

  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
          + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}}";

  private McpMessages() {}
}

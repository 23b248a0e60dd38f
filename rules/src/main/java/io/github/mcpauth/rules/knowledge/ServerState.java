package io.github.mcpauth.rules.knowledge;

import java.util.Locale;

/** Where the connection to an MCP server stands, as a status page would show it. */
public enum ServerState {
  CONNECTING,
  NEEDS_AUTH,
  AUTHORIZING,
  CONNECTED,
  /** Something in front of the server keeps the host out. */
  BLOCKED,
  FAILED;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

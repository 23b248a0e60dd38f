package io.github.mcpauth.rules.diagnosis;

import java.util.Locale;

/** Who must act. */
public enum Actor {
  HOST,
  MCP_SERVER,
  AUTHORIZATION_SERVER,
  NETWORK,
  USER;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

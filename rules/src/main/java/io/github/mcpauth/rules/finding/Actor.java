package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.exchange.Role;
import java.util.Locale;

/** Who must act. */
public enum Actor {
  HOST,
  MCP_SERVER,
  AUTHORIZATION_SERVER,
  NETWORK,
  USER;

  /** Whose server an exchange is with: the MCP server also serves its resource's metadata. */
  public static Actor serving(Role role) {
    return switch (role) {
      case MCP, PROTECTED_RESOURCE_METADATA, OTHER -> MCP_SERVER;
      default -> AUTHORIZATION_SERVER;
    };
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As a step of a remedy begins: {@code "MCP server"}. */
  public String inWords() {
    return switch (this) {
      case HOST -> "Your application";
      case MCP_SERVER -> "MCP server";
      case AUTHORIZATION_SERVER -> "Authorization server";
      case NETWORK -> "Network";
      case USER -> "User";
    };
  }
}

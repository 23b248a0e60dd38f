package io.github.mcpauth.agent.cli.report;

import io.github.mcpauth.agent.recording.LoggedExchange;

/** Who takes part in a flow, from left to right. */
enum Participant {
  BROWSER("Browser"),
  APPLICATION("Your application"),
  MCP_SERVER("MCP server"),
  METADATA("Resource metadata"),
  AUTHORIZATION_SERVER("Authorization server");

  private final String title;

  Participant(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Who an exchange is with. */
  static Participant of(LoggedExchange exchange) {
    return switch (exchange.role()) {
      case "protected-resource-metadata" -> METADATA;
      case "authorization-server-metadata",
          "registration",
          "token",
          "revocation",
          "authorize",
          "jwks" ->
          AUTHORIZATION_SERVER;
      default -> MCP_SERVER;
    };
  }
}

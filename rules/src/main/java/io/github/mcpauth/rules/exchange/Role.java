package io.github.mcpauth.rules.exchange;

import java.util.Locale;

/** What an exchange is for: the MCP endpoint or one of the OAuth legs around it. */
public enum Role {
  MCP,
  PROTECTED_RESOURCE_METADATA,
  AUTHORIZATION_SERVER_METADATA,
  REGISTRATION,
  TOKEN,
  REVOCATION,
  AUTHORIZE,
  JWKS,
  OTHER;

  /** The value of {@code mcpauth.role}: {@code protected-resource-metadata}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its body is an OAuth document that is logged parsed and redacted. */
  public boolean isOAuthDocument() {
    return this == PROTECTED_RESOURCE_METADATA
        || this == AUTHORIZATION_SERVER_METADATA
        || this == REGISTRATION
        || this == TOKEN
        || this == REVOCATION;
  }
}

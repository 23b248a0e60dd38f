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
  OTHER,
  /**
   * A token request in another form than a token endpoint takes, at one that validated metadata
   * names. It is shown and judged; nothing is learned of it, and no fix touches it.
   */
  MISSHAPEN_TOKEN,
  /** A registration, likewise. */
  MISSHAPEN_REGISTRATION;

  /** The value of {@code mcpauth.role}: {@code protected-resource-metadata}. */
  public String label() {
    return meant().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a sentence: {@code protected resource metadata}. */
  public String inWords() {
    return switch (this) {
      case MCP -> "MCP";
      case JWKS -> "signing keys";
      default -> label().replace('-', ' ');
    };
  }

  public boolean isMisshapen() {
    return meant() != this;
  }

  /** What it would be in its right form. */
  public Role meant() {
    return switch (this) {
      case MISSHAPEN_TOKEN -> TOKEN;
      case MISSHAPEN_REGISTRATION -> REGISTRATION;
      default -> this;
    };
  }

  /** Whether its body is an OAuth document that is logged parsed and redacted. */
  public boolean isOAuthDocument() {
    return switch (meant()) {
      case PROTECTED_RESOURCE_METADATA,
          AUTHORIZATION_SERVER_METADATA,
          REGISTRATION,
          TOKEN,
          REVOCATION ->
          true;
      default -> false;
    };
  }
}

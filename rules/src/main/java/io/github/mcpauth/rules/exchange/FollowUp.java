package io.github.mcpauth.rules.exchange;

/** Why an exchange follows from another one of the same call. */
public enum FollowUp {
  /** The client followed a redirect. */
  REDIRECT("redirect"),
  /** The client's own authenticator answered a challenge. */
  AUTHENTICATE("authenticate"),
  /** The client tried again by itself, e.g. after a lost connection. */
  RETRY("retry"),
  /** A fix sent it. */
  AUTOFIX("autofix");

  private final String label;

  FollowUp(String label) {
    this.label = label;
  }

  /** The value of {@code mcpauth.exchange.cause}. */
  public String label() {
    return label;
  }
}

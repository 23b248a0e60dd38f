package io.github.mcpauth.agent.check.walk;

/** How a server stands, once it was walked. */
public enum Standing {
  CONNECTED("works"),
  WANTS_LOGIN("wants a login, and offers what a client needs for it"),
  REFUSES_CREDENTIAL("refuses the credential"),
  NOT_CONNECTED("cannot be used"),
  UNREACHABLE("cannot be reached");

  private final String words;

  Standing(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

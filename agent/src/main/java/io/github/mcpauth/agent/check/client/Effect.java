package io.github.mcpauth.agent.check.client;

/** What becomes of a client's connection when it meets something. */
public enum Effect {
  /** It cannot be used. */
  STOPS("stops"),
  /** It works all the same. */
  GOES_ON("goes on"),
  /** It works, and later something does not. */
  LIMPS("works at first");

  private final String words;

  Effect(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

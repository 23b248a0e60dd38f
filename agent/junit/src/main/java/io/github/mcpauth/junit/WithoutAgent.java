package io.github.mcpauth.junit;

/** What becomes of a test in a JVM that no agent watches. */
public enum WithoutAgent {
  /** It fails before it runs, with how to add the agent: silence would pass for health. */
  FAIL,
  /** It is skipped, as by an assumption. */
  SKIP,
  /** It runs, and nothing is checked: for an IDE, where the agent is in the build's JVMs only. */
  RUN
}

package io.github.mcpauth.agent.recorder;

/** Which room of the queue an entry takes, and whether it may be lost for the host's sake. */
enum Lane {
  /** What there is much of: where the recorder cannot keep up, it is dropped. */
  BULK,
  /** What people wait for, and what makes sense of the rest. */
  PRIORITY
}

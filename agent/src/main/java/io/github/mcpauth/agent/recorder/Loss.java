package io.github.mcpauth.agent.recorder;

import java.util.Locale;

/** What is lost where an entry of the queue is; how the log counts it. */
enum Loss {
  /** A call that nobody was told of, and the rules neither: it repeated what went well. */
  UNWATCHED,
  EXCHANGE,
  MESSAGE,
  STREAM,
  FINDING,
  FIX,
  STATE,
  AGENT;

  /** Its name in the log. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

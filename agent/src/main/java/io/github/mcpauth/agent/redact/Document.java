package io.github.mcpauth.agent.redact;

import io.github.mcpauth.rules.http.Body;

/** A body and how it is to be read for the log. */
public sealed interface Document {

  Body body();

  /** {@code application/x-www-form-urlencoded}. */
  record Form(Body body) implements Document {}

  /** JSON, shown parsed; one that cannot be parsed is not shown at all. */
  record Json(Body body) implements Document {}

  /** Anything an SDK swallowed: JSON as text, or plain text. */
  record Text(Body body) implements Document {}
}

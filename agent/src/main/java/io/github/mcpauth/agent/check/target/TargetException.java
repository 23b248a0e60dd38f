package io.github.mcpauth.agent.check.target;

import java.io.Serial;

/** What is to be checked cannot be told from what was given; the message says why. */
public final class TargetException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  TargetException(String message) {
    super(message);
  }
}

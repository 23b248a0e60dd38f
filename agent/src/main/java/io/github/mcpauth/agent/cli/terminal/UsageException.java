package io.github.mcpauth.agent.cli.terminal;

import java.io.Serial;

/** What was asked for cannot be done as it was asked; the message says what to say instead. */
public final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}

package io.github.mcpauth.agent.check.wire;

import java.io.IOException;
import java.io.Serial;

/** A document, or a redirect, leads where the checker does not go. */
public final class RefusedAddressException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  RefusedAddressException(String message) {
    super(message);
  }
}

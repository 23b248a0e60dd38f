package io.github.mcpauth.agent.log;

import io.github.mcpauth.agent.redact.SafeRecord;

/** Takes what a person should know of the log. */
@FunctionalInterface
public interface Notices {

  /** One line: the record's {@code message}. */
  void say(SafeRecord line);
}

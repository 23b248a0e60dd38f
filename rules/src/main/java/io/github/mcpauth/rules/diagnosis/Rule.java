package io.github.mcpauth.rules.diagnosis;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;

/**
 * Recognises one cause. Called under the lock of the diagnosis with one exchange and what is known
 * of its server; looks at nothing else, keeps no state of its own.
 */
public interface Rule {

  RuleInfo info();

  /** A response head arrived; the body is not known yet. */
  default void answered(Exchange exchange, Journey journey, Report report) {}

  /** The response ended. */
  default void completed(Exchange exchange, Journey journey, Report report) {}

  /** It ended without a whole response. */
  default void failed(Exchange exchange, Journey journey, Report report) {}
}

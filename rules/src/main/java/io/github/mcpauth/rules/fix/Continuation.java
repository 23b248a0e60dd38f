package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.journey.Journey;
import org.jspecify.annotations.Nullable;

/** Decides about the answer to a request that a fix sent. */
public interface Continuation {

  /** Takes a good answer as it is; another fix may act on a bad one. */
  Continuation TAKE = (exchange, journey) -> null;

  /**
   * What next; null: the host gets this answer if it is good (below 400), else the first one.
   * {@link Plan.Skip} gives up: the host gets the first one.
   */
  @Nullable Plan arrived(Exchange exchange, Journey journey);

  /** Whether {@link #arrived} reads the body. Event streams are never read. */
  default boolean needsBody() {
    return true;
  }
}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import org.jspecify.annotations.Nullable;

/** One way to repair a request before it leaves. Called under the diagnosis's lock. */
public interface RequestFix {

  /** The rule that it repairs, and its property's last part. */
  String rule();

  /**
   * How the request is to leave, or null where it is none of this fix's business.
   *
   * @param sending the request as the host made it, changed by the fixes before this one
   * @param explicit whether the user enabled this very fix, rather than all that are safe
   */
  @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit);

  /** Time passed: what was kept for a while is to be forgotten. */
  default void tick() {}

  /** The exchange is over: completed, or failed before it was. */
  default void ended(Exchange exchange) {}
}

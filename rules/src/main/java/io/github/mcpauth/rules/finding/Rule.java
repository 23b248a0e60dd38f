package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.exchange.Call;
import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;

/**
 * Recognises one cause. Called under the lock of the diagnosis with one exchange and what is known
 * of its server; looks at nothing else, keeps no state of its own. It overrides the methods of the
 * phases that its {@link #info} names.
 */
public interface Rule {

  RuleInfo info();

  /** In {@link Phase#SENT}. */
  default void sent(Exchange exchange, McpServer server, Report report) {}

  /** In {@link Phase#ANSWERED}. */
  default void answered(Exchange exchange, McpServer server, Report report) {}

  /** In {@link Phase#COMPLETED}. */
  default void completed(Exchange exchange, McpServer server, Report report) {}

  /** In {@link Phase#LEARNED}. */
  default void learned(Exchange exchange, McpServer server, Report report) {}

  /** In {@link Phase#FAILED}. */
  default void failed(Exchange exchange, McpServer server, Report report) {}

  /**
   * In {@link Phase#CALLED}.
   *
   * @param exchange the one that carried the request, with as much of its answer as was a sign
   */
  default void called(Call call, Exchange exchange, McpServer server, Report report) {}
}

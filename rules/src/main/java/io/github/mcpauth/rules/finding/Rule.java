package io.github.mcpauth.rules.finding;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;

/**
 * Recognises one cause. Called under the lock of the diagnosis with one exchange and what is known
 * of its server; looks at nothing else, keeps no state of its own. A phase that it does not
 * override it is asked in once.
 */
public interface Rule {

  RuleInfo info();

  /** The request left; nothing is known of an answer. */
  default void sent(Exchange exchange, McpServer server, Report report) {
    report.indifferent();
  }

  /** A response head arrived; the body is not known yet. */
  default void answered(Exchange exchange, McpServer server, Report report) {
    report.indifferent();
  }

  /** The response ended; the server does not know of it yet. */
  default void completed(Exchange exchange, McpServer server, Report report) {
    report.indifferent();
  }

  /** The response ended, and the server has learned from it. */
  default void learned(Exchange exchange, McpServer server, Report report) {
    report.indifferent();
  }

  /** It ended without a whole response. */
  default void failed(Exchange exchange, McpServer server, Report report) {
    report.indifferent();
  }
}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import org.jspecify.annotations.Nullable;

/** One way to repair an answer before the host sees it. Called under the diagnosis's lock. */
public interface Fix {

  /** The rule that it repairs, and its property's last part. */
  String rule();

  /** Whether {@link #plan} may act, so that the answer's body is to be kept. */
  boolean needsBody(Exchange exchange, McpServer server);

  /**
   * What to do about an answer, or null where it is none of this fix's business. Changes nothing
   * but what a later answer brings up: it is asked in dry runs, too.
   *
   * @param explicit whether the user enabled this very fix, rather than all that are safe
   */
  @Nullable Plan plan(Exchange exchange, McpServer server, boolean explicit);

  /** Whether it carries redirects out itself, in the place of a client that would follow them. */
  default boolean takesRedirects() {
    return false;
  }

  /** How many requests it sends at most to repair one answer, from 1 to 3. */
  default int requests() {
    return 1;
  }
}

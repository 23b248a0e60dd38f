package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import org.jspecify.annotations.Nullable;

/** Decides about the answer to a request that a fix sent. */
public interface Continuation {

  /** Takes a good answer as it is; another fix may act on a bad one. */
  Continuation TAKE =
      new Continuation() {
        @Override
        public @Nullable Plan arrived(Exchange exchange, McpServer server) {
          return null;
        }

        @Override
        public boolean mayBeRedirected() {
          return true;
        }
      };

  /** Takes whatever answer comes: it is the one that the host's client would have got. */
  Continuation TAKE_ANY =
      new Continuation() {
        @Override
        public Plan arrived(Exchange exchange, McpServer server) {
          return new Plan.Act("", ResponseDecision.DELIVER_AS_IS);
        }

        @Override
        public boolean needsBody() {
          return false;
        }

        @Override
        public boolean mayBeRedirected() {
          return true;
        }
      };

  /**
   * What next; null: the host gets this answer if it is good (below 400), else the first one.
   * {@link Plan.Skip} gives up: the host gets the first one.
   */
  @Nullable Plan arrived(Exchange exchange, McpServer server);

  /** Whether {@link #arrived} reads the body. Event streams are never read. */
  default boolean needsBody() {
    return true;
  }

  /**
   * Whether a client that follows redirects may follow one of this request: only where the host
   * asked for what comes of it. Of what a fix asks for by itself, a redirect is the answer; what it
   * leads to (a login page, say) must not reach the host in the place of its own.
   */
  default boolean mayBeRedirected() {
    return false;
  }
}

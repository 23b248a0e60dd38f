package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What follows may quote this exchange. Where the recorder cannot keep up, those are left out that
 * nobody quotes: the answers to MCP requests that went well.
 */
record LearnEntry(Exchange exchange, Lane lane, long size) implements QueueEntry {
  private static final byte[] ERROR = {'r', 'r', 'o', 'r'};

  @Override
  public @Nullable Loss loss() {
    return null;
  }

  static LearnEntry of(Exchange exchange) {
    boolean goesWell =
        exchange.role() == Role.MCP && exchange.failure() == null && exchange.status() < 300;
    boolean quotable = !goesWell || tellsOfAnError(exchange.responseBody().bytes());
    return new LearnEntry(exchange, quotable ? Lane.PRIORITY : Lane.BULK, exchange.bytes());
  }

  /** An answer with status 200 may hold one, with {@code error} or {@code isError}. */
  private static boolean tellsOfAnError(byte[] body) {
    for (int i = 0; i + ERROR.length <= body.length; i++) {
      if (body[i] == ERROR[0] && Arrays.equals(body, i, i + ERROR.length, ERROR, 0, ERROR.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isAwaited() {
    return false;
  }

  @Override
  public void write(EntryWriter writer) {
    writer.learn(exchange);
  }
}

package io.github.mcpauth.agent.recorder;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.mcp.McpMethods;

/**
 * What follows may quote this exchange. Where the recorder cannot keep up, those are left out that
 * nobody quotes: the answers to MCP requests that went well.
 */
record LearnEntry(Exchange exchange, Lane lane, long size) implements QueueEntry.Aside {
  private static final String[] OF_A_RESULT = {"\"jsonrpc\"", "\"result\""};

  /** In {@code error} and {@code isError}; and letters of these as JSON may escape them. */
  private static final String[] OF_AN_ERROR = {"rror", "\\u0072", "\\u006f", "\\u006F"};

  static LearnEntry of(Exchange exchange) {
    boolean goesWell =
        exchange.role() == Role.MCP && exchange.failure() == null && exchange.status() < 300;
    boolean quotable = !goesWell || isQuotable(exchange);
    return new LearnEntry(exchange, quotable ? Lane.PRIORITY : Lane.BULK, exchange.bytes());
  }

  /**
   * Whether an answer with status 200 holds anything but a plain result, or one that a rule reads:
   * an error, a page, another program's JSON, what {@code initialize} brings.
   */
  private static boolean isQuotable(Exchange answered) {
    byte[] body = answered.responseBody().bytes();
    return body.length > 0
        && (!hasAll(body, OF_A_RESULT)
            || tellsOfAnError(body)
            || McpMethods.isConnect(McpMethods.of(answered.requestBody())));
  }

  /** Whether an event in these bytes of a stream may be quoted. */
  static boolean tellsOfAnError(byte[] streamed) {
    for (int i = 0; i < streamed.length; i++) {
      if (streamed[i] == 'r' || streamed[i] == '\\') { // With which all of them begin.
        for (String text : OF_AN_ERROR) {
          if (isAt(streamed, i, text)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean hasAll(byte[] body, String[] texts) {
    for (String text : texts) {
      if (!has(body, text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(byte[] body, String text) {
    for (int i = 0; i < body.length; i++) {
      if (isAt(body, i, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] body, int from, String text) {
    int same = 0;
    while (same < text.length()
        && from + same < body.length
        && body[from + same] == text.charAt(same)) {
      same++;
    }
    return same == text.length();
  }

  @Override
  public void write(EntryWriter writer) {
    writer.learn(exchange);
  }
}

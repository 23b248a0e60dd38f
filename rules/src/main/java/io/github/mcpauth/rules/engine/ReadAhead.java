package io.github.mcpauth.rules.engine;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.http.FormParameters;
import io.github.mcpauth.rules.http.ResponseHead;
import io.github.mcpauth.rules.knowledge.Attribution;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.McpMethods;
import io.github.mcpauth.rules.oauth.OAuthError;
import io.github.mcpauth.rules.reading.RequestDefect;
import io.github.mcpauth.rules.reading.Said;
import io.github.mcpauth.rules.reading.WordTable;
import org.jspecify.annotations.Nullable;

/**
 * Has the bodies of an exchange read before the lock of the diagnosis is taken: who holds it then
 * finds what they say, and takes no longer for a long one. A request's body may be of 1 MiB.
 */
final class ReadAhead {

  private static final int BAD_REQUEST = 400;

  /** Bytes: as much as is kept of an answer, and a request of the same size. */
  private static final int SHORT = 128 * 1024;

  private final Object longOnes = new Object();

  /** Returns whose it is, as it was given; of what is nobody's nothing is read. */
  static @Nullable Attribution of(Exchange exchange, @Nullable Attribution its) {
    if (its != null) {
      read(exchange);
    }
    return its;
  }

  /**
   * Has them read, whose ever they are, while no other lock is held. Any number of threads may read
   * at once what is short. What is made of a long body is a multiple of it, and would be more than
   * a small heap holds where each of many calls has one: those are read one after the other, and
   * only who brings one waits for another.
   */
  void ahead(Exchange exchange) {
    if (isLong(exchange)) {
      synchronized (longOnes) {
        read(exchange);
      }
    } else {
      read(exchange);
    }
  }

  /** Whether it takes longer to read than anybody is to wait for. */
  static boolean isLong(Exchange exchange) {
    return exchange.bytes() > SHORT;
  }

  private static void read(Exchange exchange) {
    ResponseHead response = exchange.response();
    if (exchange.role() != Role.MCP) {
      if (response != null && !exchange.responseBody().isEmpty()) {
        OAuthError.of(exchange.responseBody());
        words(exchange);
      }
      if (exchange.role().meant() == Role.TOKEN || exchange.role() == Role.REVOCATION) {
        FormParameters.of(exchange.requestBody());
      }
      return;
    }
    if (!exchange.requestBody().isEmpty()) {
      JsonRpc.of(exchange.requestBody());
      McpMethods.of(exchange.requestBody());
    }
    if (response != null && !exchange.responseBody().isEmpty()) {
      JsonRpc.of(exchange.responseBody());
    }
    if (exchange.status() >= BAD_REQUEST && exchange.requestBody().isWhole()) {
      exchange.requestBody().as(RequestDefect.MESSAGE);
    }
    words(exchange);
  }

  /** What a refusal says: up to 64 KiB of JSON, the first 4 KiB of anything else. */
  private static void words(Exchange exchange) {
    if (exchange.status() >= BAD_REQUEST && !exchange.responseBody().isEmpty()) {
      WordTable.of(exchange, Said.of(exchange));
    }
  }
}

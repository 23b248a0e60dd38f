package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a method that is not permitted from a credential that is not taken. */
public final class Permissions {

  /** Causes in the table of words that speak of a permission rather than of the credential. */
  private static final Set<String> PERMISSION =
      Set.of("permission", "scope", "tool-disabled", "sso", "payment", "quota");

  /**
   * Whether a refusal is of the method alone: the same credential was taken for another method, and
   * the answer is a 403, or a 401 that speaks of a permission.
   */
  public static boolean isOfMethod(Exchange exchange, McpServer server) {
    int status = exchange.status();
    String method = method(exchange);
    if ((status != 403 && status != 401) || method == null || method.equals("initialize")) {
      return false;
    }
    String authorization = exchange.request().headers().first("Authorization");
    if (!server.tokens().accepted().another(method, authorization, 0)) {
      return false;
    }
    return status == 403
        || speaksOfOne(exchange)
        || server.tokens().accepted().isRefusedAgain(method, authorization, exchange.id());
  }

  private static boolean speaksOfOne(Exchange exchange) {
    Wording words = WordTable.of(exchange, Said.of(exchange));
    return words != null && PERMISSION.contains(words.cause());
  }

  /** The method of the message that was refused, or null where it is none. */
  public static @Nullable String method(Exchange exchange) {
    return McpRequest.isMessage(exchange) ? McpMethods.of(exchange.requestBody()) : null;
  }

  private Permissions() {}
}

package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.JsonRpc;
import io.github.mcpauth.rules.mcp.JsonRpcMessage;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.util.List;
import java.util.regex.Pattern;

/** Which kind of request to an MCP server an exchange begins with (MCP, Streamable HTTP). */
public final class McpRequest {

  /** Methods that change nothing. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "initialize|ping|server/discover|[a-z/]+/list|resources/read|prompts/get"
              + "|completion/complete|notifications/.+");

  /** One that carries a message, as opposed to opening a stream or ending a session. */
  public static boolean isMessage(Exchange exchange) {
    return exchange.isMcp() && exchange.request().method().equals("POST");
  }

  /** A GET that opens a stream of the server. */
  public static boolean opensStream(Exchange exchange) {
    return exchange.isMcp() && exchange.request().method().equals("GET");
  }

  /** One that opens the connection: {@code initialize}, or what a later revision has for it. */
  public static boolean connects(Exchange exchange) {
    return exchange.isMcp() && McpMethods.isConnect(McpMethods.of(exchange.requestBody()));
  }

  /** Whether it may change something when it runs, so that it must not run twice. */
  public static boolean mayAct(Exchange exchange) {
    Body body = exchange.requestBody();
    if (!body.isWhole()) {
      return true;
    }
    List<JsonRpcMessage> messages = JsonRpc.parse(body.bytes());
    for (JsonRpcMessage message : messages) {
      if (message.method() == null || !HARMLESS.matcher(message.method()).matches()) {
        return true;
      }
    }
    return messages.isEmpty() && !body.isEmpty();
  }

  private McpRequest() {}
}

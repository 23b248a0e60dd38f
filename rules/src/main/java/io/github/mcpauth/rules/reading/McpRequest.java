package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.mcp.EveryMethod;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.util.List;
import java.util.Set;

/** Which kind of request to an MCP server an exchange begins with (MCP, Streamable HTTP). */
public final class McpRequest {

  /** What is safe, or the same when it is repeated (RFC 9110 §9.2). */
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  /** The methods of MCP that change nothing, or nothing more when they come again. */
  private static final Set<String> HARMLESS =
      Set.of(
          "completion/complete",
          "initialize",
          "notifications/cancelled",
          "notifications/initialized",
          "notifications/progress",
          "notifications/roots/list_changed",
          "ping",
          "prompts/get",
          "prompts/list",
          "resources/list",
          "resources/read",
          "resources/templates/list",
          "roots/list",
          "server/discover",
          "tasks/list",
          "tools/list");

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
    if (body.isWhole() && body.isEmpty()) {
      return !WITHOUT_BODY.contains(exchange.request().method());
    }
    List<String> methods = body.isWhole() ? EveryMethod.of(body) : null;
    return methods == null || !HARMLESS.containsAll(methods);
  }

  private McpRequest() {}
}

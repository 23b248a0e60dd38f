package io.github.mcpauth.rules.reading;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.http.Body;
import io.github.mcpauth.rules.json.Json;
import io.github.mcpauth.rules.knowledge.Accepted;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.mcp.McpMethods;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a refused message lacks by the specification, where the request itself proves it: then it is
 * the application that must act, whatever the server says.
 *
 * @param cause kebab-case, {@code mcpauth.cause} of the finding
 * @param inWords what is wrong with the request
 * @param step what helps, without the party
 */
public record RequestDefect(String cause, String inWords, String step) {

  /** The reading that gives the members of a request's message. */
  public static final Function<Body, Optional<Map<?, ?>>> MESSAGE = RequestDefect::parsed;

  /**
   * Members that {@code initialize} must have (MCP 2025-11-25, schema: InitializeRequestParams).
   */
  private static final List<String> INITIALIZE =
      List.of("protocolVersion", "capabilities", "clientInfo");

  /** What opens a session names none (MCP 2025-11-25, Transports: Session Management). */
  private static final RequestDefect INITIALIZES_IN_SESSION =
      new RequestDefect(
          "session-at-initialize",
          "initialize, which opens a session, names one itself (Mcp-Session-Id)",
          "send initialize once for each session, and without Mcp-Session-Id where a new one is to"
              + " begin; end the old one with DELETE, where it is still there");

  /** What servers say that were not told so; the first is the Python SDK's word for it. */
  private static final List<String> NOT_NOTIFIED =
      List.of(
          "invalid request parameters",
          "before initialization was complete",
          "initialized notification",
          "notifications/initialized");

  /**
   * The defect of a refused message, or null where none is seen.
   *
   * @param said what the server says of the refusal
   */
  public static @Nullable RequestDefect of(Exchange exchange, String said, McpServer server) {
    RequestDefect inUrl = UrlCredential.defect(exchange);
    if (inUrl != null) {
      return inUrl;
    }
    String method = McpRequest.isMessage(exchange) ? McpMethods.of(exchange.requestBody()) : null;
    if (method == null) {
      return null;
    }
    String text = said.toLowerCase(Locale.ROOT);
    Map<?, ?> message = message(exchange);
    if (message != null && message.get("params") instanceof List<?>) {
      return new RequestDefect(
          "params-shape",
          "the request has params that are a list, and MCP's are objects",
          "write params as a JSON object ({} where there are none), or leave them out; an empty list"
              + " ([]) is refused as no JSON-RPC message of MCP");
    }
    if (method.equals("initialize")) {
      boolean in = exchange.sessionId() != null;
      boolean speaks = text.contains("already initialized") || text.contains("session");
      return in && speaks
          ? INITIALIZES_IN_SESSION
          : message == null ? null : incomplete(message, text);
    }
    boolean connect = McpMethods.isConnect(method);
    if (!connect && exchange.sessionId() == null && text.contains("session")) {
      return server.progress().everConnected() || server.sessions().newest() != null
          ? null
          : new RequestDefect(
              "not-opened",
              "this agent saw no initialize before it, and the request names no session",
              "send initialize first, and with each request after it the Mcp-Session-Id that its"
                  + " answer names");
    }
    return notNotified(method, text, server);
  }

  /** Servers take no request but ping before they were told that the application is ready. */
  private static @Nullable RequestDefect notNotified(String method, String text, McpServer server) {
    boolean asks = false;
    for (String each : NOT_NOTIFIED) {
      asks |= text.contains(each);
    }
    Accepted accepted = server.tokens().accepted();
    return asks
            && !method.startsWith("notifications/")
            && accepted.afterwards("initialize", 0)
            && !accepted.afterwards("notifications/initialized", 0)
        ? new RequestDefect(
            "not-notified",
            "this agent saw no notifications/initialized since initialize was answered, and servers"
                + " take no other request before it",
            "send the notification notifications/initialized once initialize is answered (Lifecycle,"
                + " Initialization); SDKs do so by themselves")
        : null;
  }

  /** A member that is not there, and that the server speaks of. */
  private static @Nullable RequestDefect incomplete(Map<?, ?> message, String text) {
    Map<?, ?> params = message.get("params") instanceof Map<?, ?> given ? given : Map.of();
    for (String name : INITIALIZE) {
      if (!params.containsKey(name) && text.contains(name.toLowerCase(Locale.ROOT))) {
        return new RequestDefect(
            "initialize-incomplete",
            "initialize has no " + name + ", which it must have",
            "send protocolVersion, capabilities and clientInfo in the params of initialize (Lifecycle,"
                + " Initialization)");
      }
    }
    return null;
  }

  private static @Nullable Map<?, ?> message(Exchange exchange) {
    Body body = exchange.requestBody();
    return body.isWhole() ? body.as(MESSAGE).orElse(null) : null;
  }

  private static Optional<Map<?, ?>> parsed(Body body) {
    try {
      return Json.read(body.bytes()) instanceof Map<?, ?> members
          ? Optional.of(members)
          : Optional.empty();
    } catch (IOException | StackOverflowError e) {
      return Optional.empty();
    }
  }
}

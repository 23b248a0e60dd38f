package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.finding.RuleNames;
import io.github.mcpauth.rules.http.Headers;
import io.github.mcpauth.rules.http.RequestHead;
import io.github.mcpauth.rules.knowledge.McpServer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names both media types in {@code Accept} and the one of the body in {@code Content-Type}, as each
 * POST must (MCP 2025-11-25, Transports: Sending Messages to the Server).
 */
final class BothMediaTypes implements RequestFix {

  @Override
  public String rule() {
    return RuleNames.NOT_ACCEPTABLE;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    RequestHead request = sending.request();
    if (sending.role() != Role.MCP || !request.method().equals("POST")) {
      return null;
    }
    Headers headers = request.headers();
    if (!accepts(headers, "application/json") || !accepts(headers, "text/event-stream")) {
      headers = headers.without("Accept").plus("Accept", "application/json, text/event-stream");
    }
    if (!headers.has("Content-Type")) {
      headers = headers.plus("Content-Type", "application/json");
    }
    return headers == request.headers()
        ? null
        : Edit.head("completed Accept and Content-Type", request.withHeaders(headers));
  }

  private static boolean accepts(Headers headers, String media) {
    for (String value : headers.all("Accept")) {
      if (value.toLowerCase(Locale.ROOT).contains(media)) {
        return true;
      }
    }
    return false;
  }
}

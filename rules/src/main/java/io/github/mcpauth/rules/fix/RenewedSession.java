package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.knowledge.McpServer;
import io.github.mcpauth.rules.knowledge.Renewals;
import io.github.mcpauth.rules.reading.Senders;
import org.jspecify.annotations.Nullable;

/**
 * Names the session that the server knows where the host names the one from before. A session id is
 * a credential of the server's origin; other URLs may belong to the server, too, e.g. the one that
 * an SSE stream named. A session is its user's: another one's request is not led into it.
 */
final class RenewedSession implements RequestFix {

  private final String rule;

  RenewedSession(String rule) {
    this.rule = rule;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, McpServer server, boolean explicit) {
    String id = sending.request().headers().first("Mcp-Session-Id");
    Renewals renewals = server.sessions().renewals();
    String renewed =
        id == null || renewals.isEmpty() ? null : renewals.as(id, Senders.of(sending.request()));
    return renewed == null
            || sending.role() != Role.MCP
            || !server.speaksAt(sending.request().url())
        ? null
        : Edit.head(
                "carried the renewed session over",
                sending
                    .request()
                    .withHeaders(sending.request().headers().with("Mcp-Session-Id", renewed)))
            .quietly();
  }
}

package io.github.mcpauth.rules.fix;

import io.github.mcpauth.rules.exchange.Exchange;
import io.github.mcpauth.rules.exchange.Role;
import io.github.mcpauth.rules.journey.Journey;
import org.jspecify.annotations.Nullable;

/** Names the session that the server knows where the host names the one from before. */
final class ServersSession implements RequestFix {

  private final String rule;

  ServersSession(String rule) {
    this.rule = rule;
  }

  @Override
  public String rule() {
    return rule;
  }

  @Override
  public @Nullable Edit edit(Exchange sending, Journey journey, boolean explicit) {
    String id = sending.request().headers().first("Mcp-Session-Id");
    String renewed = id == null ? null : journey.sessions().renewedAs(id);
    return renewed == null || sending.role() != Role.MCP
        ? null
        : Edit.head(
                "carried the renewed session over",
                sending
                    .request()
                    .withHeaders(sending.request().headers().with("Mcp-Session-Id", renewed)))
            .quietly();
  }
}
